import { useEffect, useState } from 'react'
import type { Estimate } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useRevision } from './useRevision'

/** Rows that fly past are not asked about. */
const SETTLE_MS = 150
/** Verdicts move slowly; a history that is written to all the time is asked again so often. */
const EVERY_MS = 5_000
const MOST_KEPT = 2_000

/**
 * How each of these runs compares with those like it, by run id; grows as more are asked about. Undefined: it has no earlier run
 * like it. The last answers stay while the history changes.
 */
export function useVerdicts(runIds: readonly string[]): ReadonlyMap<string, Estimate | undefined> {
  const { history } = useTelemetry()
  const revision = useRevision(EVERY_MS)
  const [{ verdicts, at }, setKnown] = useState<Known>({ verdicts: new Map(), at: new Map() })
  const key = JSON.stringify(runIds.filter((runId) => at.get(runId) !== revision))
  useEffect(() => {
    if (key === '[]') return
    let isLate = false
    const ask = async (): Promise<void> => {
      const asked: readonly string[] = JSON.parse(key)
      const told = await history.verdicts(asked).catch(() => new Map<string, Estimate>()) // claims nothing
      if (!isLate) setKnown((last) => withAnswers(last, asked, told, revision))
    }
    const timer = setTimeout(() => void ask(), SETTLE_MS)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [history, key, revision])
  return verdicts
}

interface Known {
  readonly verdicts: ReadonlyMap<string, Estimate | undefined>
  /** The revision at which each was told. */
  readonly at: ReadonlyMap<string, number>
}

function withAnswers(
  { verdicts, at }: Known,
  asked: readonly string[],
  told: ReadonlyMap<string, Estimate>,
  revision: number,
): Known {
  const isFull = verdicts.size > MOST_KEPT
  const now = asked.map((runId) => [runId, told.get(runId)] as const)
  return {
    verdicts: new Map([...(isFull ? [] : verdicts), ...now]),
    at: new Map([...(isFull ? [] : at), ...asked.map((runId) => [runId, revision] as const)]),
  }
}
