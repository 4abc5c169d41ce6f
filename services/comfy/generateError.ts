import type { GenerateProblem, Result } from '../../types'

export type GenerateErrorCode = 'invalid' | 'refused' | 'taken' | 'no-plan' | 'nothing-failed' | 'gone'

/** A GenerateError as data: classes do not cross threads. */
export interface GenerateFailure {
  readonly code: GenerateErrorCode
  readonly message: string
  readonly problems: readonly GenerateProblem[]
}

/** Why a run could not be queued, or is queued here no more; `message` is a sentence, `problems` name scene, node and input. */
export class GenerateError extends Error {
  override readonly name = 'GenerateError'
  constructor(
    readonly code: GenerateErrorCode,
    message: string,
    readonly problems: readonly GenerateProblem[] = [],
  ) {
    super(message)
  }
}

/** The outcome as data; other errors, which nobody foresaw, reject as they are. */
export async function asResult<T>(outcome: Promise<T>): Promise<Result<T, GenerateFailure>> {
  try {
    return { ok: true, value: await outcome }
  } catch (error) {
    if (!(error instanceof GenerateError)) throw error
    const { code, message, problems } = error
    return { ok: false, error: { code, message, problems } }
  }
}

/** The way back: resolves with the value, or rejects with the GenerateError that it was. */
export async function fromResult<T>(outcome: Promise<Result<T, GenerateFailure>>): Promise<T> {
  const result = await outcome
  if (result.ok) return result.value
  throw new GenerateError(result.error.code, result.error.message, result.error.problems)
}
