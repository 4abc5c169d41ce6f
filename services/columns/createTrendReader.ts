import type { HistoricalSceneMetrics, Metric, Trend } from '../../types'
import { gatherFacts, type ToldFact } from '../comparison/gatherFacts'
import type { TrendRun, TrendScene } from '../comparison/trendRunOf'
import { definedMembers } from '../shared/definedMembers'
import { numberAt, textAt, type ColumnChunk } from './columnChunk'
import { durationTest } from './measured'
import { listOf, SCENE_STATUSES } from './readRow'
import { scenesOf, type RunRef, type Selection } from './selection'

/** Reads what trends need from the columns of the selected runs. */
export interface TrendReader {
  /** The mean over the run's scenes of the metric; undefined where none has it. */
  point(ref: RunRef, metric: Metric): Trend['points'][number] | undefined
  run(ref: RunRef): TrendRun
}

/** Of the chunks of a selection; other runs have no durations. */
export function createTrendReader(selection: Selection): TrendReader {
  const tests = new Map(selection.map(({ chunk }) => [chunk, durationTest(chunk)]))
  const isTimed = (chunk: ColumnChunk, scene: number): boolean => tests.get(chunk)?.(scene) ?? false
  return {
    point(ref, metric) {
      const { chunk, row } = ref
      const valueAt = READERS[metric](chunk, isTimed)
      let [sum, n] = [0, 0]
      for (let scene = chunk.starts[row] ?? 0; scene < (chunk.starts[row + 1] ?? 0); scene++) {
        const value = valueAt(scene)
        if (Number.isNaN(value)) continue
        sum += value
        n++
      }
      const timestamp = chunk.runNumbers.timestamp[row] ?? 0
      return n === 0 ? undefined : { runId: chunk.runIds[row] ?? '', timestamp, value: sum / n, n }
    },
    run(ref) {
      const { chunk, row } = ref
      return {
        runId: chunk.runIds[row] ?? '',
        timestamp: chunk.runNumbers.timestamp[row] ?? 0,
        scenes: scenesOf(ref).flatMap((scene) => sceneAt(chunk, scene, isTimed(chunk, scene))),
        facts: factsAt(ref),
      }
    },
  }
}

type ValueAt = (scene: number) => number
type Reader = (chunk: ColumnChunk, isTimed: (chunk: ColumnChunk, scene: number) => boolean) => ValueAt

const READERS: Readonly<Record<Metric, Reader>> = {
  duration: (chunk, isTimed) => (scene) =>
    isTimed(chunk, scene) ? (chunk.sceneNumbers.duration[scene] ?? Number.NaN) : Number.NaN,
  successRate: (chunk) => (scene) => SUCCESS.get(textAt(chunk.sceneTexts.status, scene)) ?? Number.NaN,
  gpuVramFree: (chunk) => (scene) => chunk.sceneNumbers.vramFree[scene] ?? Number.NaN,
  gpuUtilization: (chunk) => (scene) => chunk.sceneNumbers.utilization[scene] ?? Number.NaN,
  attempts: (chunk) => (scene) => chunk.sceneNumbers.attempts[scene] || Number.NaN,
  queueWait: (chunk) => (scene) => chunk.sceneNumbers.queueWait[scene] ?? Number.NaN,
}
const SUCCESS: ReadonlyMap<HistoricalSceneMetrics['status'] | string | undefined, number> = new Map([
  ['success', 1],
  ['failed', 0],
  ['timeout', 0],
])

/** One scene, or none where the row stands for a run without any. */
function sceneAt(chunk: ColumnChunk, scene: number, isTimed: boolean): readonly TrendScene[] {
  const { sceneNumbers: numbers, sceneTexts: texts } = chunk
  const status = SCENE_STATUSES.find((known) => known === textAt(texts.status, scene))
  if (!status) return []
  const attempts = numberAt(numbers.attempts, scene)
  return [
    {
      cohort: textAt(texts.cohort, scene) ?? '',
      status,
      ...definedMembers({
        duration: isTimed ? numberAt(numbers.duration, scene) : undefined,
        gpuVramFree: numberAt(numbers.vramFree, scene),
        gpuUtilization: numberAt(numbers.utilization, scene),
        attempts: attempts !== undefined && attempts >= 1 ? attempts : undefined,
        queueWait: numberAt(numbers.queueWait, scene),
      }),
    },
  ]
}

const factsAt = (ref: RunRef): TrendRun['facts'] =>
  gatherFacts(
    scenesOf(ref).flatMap((scene) => sceneFacts(ref.chunk, scene)),
    textAt(ref.chunk.runTexts.policy, ref.row),
  )

function sceneFacts({ sceneTexts: texts }: ColumnChunk, scene: number): readonly ToldFact[] {
  const facts: Readonly<Record<string, unknown>> = JSON.parse(textAt(texts.facts, scene) ?? '{}')
  const { gpuDriver, comfyVersion, torchVersion, gpuName } = facts
  return [
    ['gpuDriver', gpuDriver],
    ['comfyVersion', comfyVersion],
    ['torchVersion', torchVersion],
    ['gpuName', gpuName],
    ['workflowHash', textAt(texts.workflow, scene)],
    ...listOf(textAt(texts.models, scene)).map((model): ToldFact => ['models', model]),
  ]
}
