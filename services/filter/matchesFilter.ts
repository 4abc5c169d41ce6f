import type { HistoricalRun, TelemetryFilter } from '../../types'
import { compileFilter, type SceneMatcher } from './compileFilter'
import { regexEngine } from './regexEngine'

/**
 * Whether a run matches at the moment `now` (epoch ms): whether some scene of it makes the whole filter true (docs/filters.md). A
 * filter is made ready once and remembered as long as somebody holds it. Brings the pattern engine along: where that is too much,
 * `compileFilter` takes one that was loaded on demand.
 */
export function matchesFilter(run: HistoricalRun, filter: TelemetryFilter, now: number): boolean {
  const matcher = matchers.get(filter) ?? compileFilter(filter, regexEngine)
  matchers.set(filter, matcher)
  return matcher(run, now).includes(true)
}

const matchers = new WeakMap<TelemetryFilter, SceneMatcher>()
