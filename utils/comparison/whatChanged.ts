import type { HistoricalRun } from '../../types'
import { environmentRows, isNew, type ServerNames } from './environmentRows'

/** So many changes fit a line; more are counted. */
const MAX_NAMED = 3

/**
 * What a run ran on or with that none of the earlier runs did, newest first: `Driver 565 → 570, PyTorch 2.6 → 2.7`; undefined when
 * nothing that is recorded is new. It says what differs, not why.
 */
export function whatChanged(
  run: HistoricalRun,
  earlier: readonly HistoricalRun[],
  servers: ServerNames,
): string | undefined {
  if (earlier.length === 0) return undefined
  const changes = environmentRows([run, ...earlier], servers).flatMap(({ label, values }) => {
    const [now, ...before] = values
    const last = before.find((value) => value !== undefined)
    return isNew(values) ? [`${label} ${last} → ${now}`] : []
  })
  if (changes.length === 0) return undefined
  const more = changes.length - MAX_NAMED
  return [...changes.slice(0, MAX_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}
