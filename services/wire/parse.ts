import * as v from 'valibot'
import type { Result } from '../../types'

/** Runs one schema; the error is a sentence without its full stop, naming the path and both sides, or the member that is missing. */
export function parseWith<const TSchema extends v.GenericSchema>(
  schema: TSchema,
  value: unknown,
): Result<v.InferOutput<TSchema>, string> {
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (result.success) return { ok: true, value: result.output }
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  if (issue.received === 'undefined' && path !== null) return { ok: false, error: `${path} is missing` }
  return { ok: false, error: `At ${path ?? 'top'}: ${clip(issue.message.replace(KIND, ''))}` }
}

/** JSON.parse as a value; the error names the position, not the content. */
export function parseJson(textOfJson: string): Result<unknown, string> {
  try {
    const value: unknown = JSON.parse(textOfJson)
    return { ok: true, value }
  } catch {
    return { ok: false, error: `Not JSON (${textOfJson.length} characters)` }
  }
}

/** What the library calls the problem before it says what was expected. */
const KIND = /^Invalid [\w ]+: (?=Expected )/

const clip = (message: string): string => (message.length > 200 ? `${message.slice(0, 200)}…` : message)
