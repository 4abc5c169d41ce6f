import type { ChartRequest, QueuePolicy, RateEstimate, RunGroup } from '../../types'
import { kaplanMeier, survivalQuantile, type Lifetime } from '../statistics/kaplanMeier'
import { wilson } from '../statistics/wilson'
import { textAt, type ColumnChunk } from './columnChunk'
import { createDayReader } from './createDayReader'
import { durationTest, measuredRuns } from './measured'
import { listOf } from './readRow'
import { eachScene, type Selection } from './selection'

/** What runs are grouped by. */
export type GroupBy = NonNullable<ChartRequest['by']>

interface Tally {
  runs: number
  /** The run that was counted last: scenes come run by run. */
  lastRun: string | undefined
  scenes: number
  success: number
  timeout: number
  judged: number
  /** Queue wait and execution together, ms; and whether that is all that is known of it. */
  readonly times: Lifetime[]
}

/**
 * Rates of the selected runs by what they share, largest group first. A scene counts in its own GPU's, workflow's and every one of
 * its models' groups; a rate is of its success, failed and timed out scenes.
 */
export function groupRuns(selected: Selection, by: GroupBy): readonly RunGroup[] {
  const tallies = new Map<string, Tally>()
  const dayOf = createDayReader()
  for (const part of measuredRuns(selected)) {
    const keysOf = KEYS[by](part.chunk, dayOf)
    const measured = durationTest(part.chunk)
    eachScene([part], (chunk, scene, row) => {
      for (const key of keysOf(scene, row)) count(tallyOf(tallies, key), chunk, scene, row, measured(scene))
    })
  }
  return [...tallies]
    .map(([key, tally]) => groupOf(by, key, tally))
    .sort((a, b) => b.scenes - a.scenes || (a.key < b.key ? -1 : 1))
}

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const known = tallies.get(key)
  if (known) return known
  const tally: Tally = {
    runs: 0,
    lastRun: undefined,
    scenes: 0,
    success: 0,
    timeout: 0,
    judged: 0,
    times: [],
  }
  tallies.set(key, tally)
  return tally
}

function count(tally: Tally, chunk: ColumnChunk, scene: number, row: number, isMeasured: boolean): void {
  const status = textAt(chunk.sceneTexts.status, scene)
  const runId = chunk.runIds[row]
  if (tally.lastRun !== runId) tally.runs += 1
  tally.lastRun = runId
  tally.scenes += 1
  if (status !== 'skipped') tally.judged += 1
  if (status === 'success') tally.success += 1
  if (status === 'timeout') tally.timeout += 1
  const { duration, queueWait, limit } = chunk.sceneNumbers
  const time = (duration[scene] ?? Number.NaN) + (queueWait[scene] || 0)
  if (isMeasured) tally.times.push({ time, isCensored: false })
  else if (status === 'timeout') {
    const longer = Number.isNaN(limit[scene] ?? Number.NaN) ? time : (limit[scene] ?? 0)
    if (longer > 0) tally.times.push({ time: longer, isCensored: true })
  }
}

function groupOf(by: GroupBy, key: string, tally: Tally): RunGroup {
  const p95 = survivalQuantile(kaplanMeier(tally.times), 0.95)
  return {
    key,
    label: by === 'policy' ? policyLabel(key) : LABELS[by](key),
    runs: tally.runs,
    scenes: tally.scenes,
    success: rateOf(tally.success, tally.judged),
    timeout: rateOf(tally.timeout, tally.judged),
    ...(p95 ? { p95 } : {}),
  }
}

function rateOf(count: number, of: number): RateEstimate {
  const { low, high } = wilson(count, of)
  return { count, of, low, high }
}

type KeysOf = (scene: number, row: number) => readonly string[]

const one = (text: string | undefined): readonly string[] => [text ?? UNKNOWN]
const UNKNOWN = ''

const KEYS: Readonly<Record<GroupBy, (chunk: ColumnChunk, dayOf: (at: number) => string) => KeysOf>> = {
  policy:
    ({ runTexts }) =>
    (_, row) =>
      one(textAt(runTexts.policy, row)),
  gpuName:
    ({ sceneTexts }) =>
    (scene) =>
      one(textAt(sceneTexts.gpu, scene)),
  workflow:
    ({ sceneTexts }) =>
    (scene) =>
      one(textAt(sceneTexts.workflow, scene)),
  model: ({ sceneTexts }) => {
    const lists = sceneTexts.models.values.map(listOf)
    return (scene) => lists[(sceneTexts.models.codes[scene] ?? 0) - 1] ?? one(undefined)
  },
  day:
    ({ runNumbers }, dayOf) =>
    (_, row) => [dayOf(runNumbers.timestamp[row] ?? 0)],
}

const known = (key: string): string => (key === UNKNOWN ? 'not known' : key)
const LABELS: Readonly<Record<Exclude<GroupBy, 'policy'>, (key: string) => string>> = {
  gpuName: known,
  workflow: (key) => (key === UNKNOWN ? known(key) : key.slice(0, 8)),
  model: known,
  day: known,
}

/** A policy by what people set most: "max wait 600 s, retries 1". */
function policyLabel(key: string): string {
  if (key === UNKNOWN) return 'no policy'
  const policy: Partial<QueuePolicy> = JSON.parse(key)
  const { maxWaitSeconds = 0, sceneRetryBudget = 0, batchSize = 0, delayBetweenScenesSeconds = 0 } = policy
  return [
    maxWaitSeconds > 0 ? `max wait ${maxWaitSeconds} s` : 'no max wait',
    `retries ${sceneRetryBudget}`,
    ...(batchSize > 0 ? [`batch ${batchSize}`] : []),
    ...(delayBetweenScenesSeconds > 0 ? [`delay ${delayBetweenScenesSeconds} s`] : []),
  ].join(', ')
}
