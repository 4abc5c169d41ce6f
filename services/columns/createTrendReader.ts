import type { HistoricalSceneMetrics, Metric, Trend } from '../../types'
import type { TrendRun, TrendScene } from '../comparison/trendRunOf'
import { definedMembers } from '../shared/definedMembers'
import { numberAt, textAt, type ColumnChunk } from './columnChunk'
import { durationTest } from './measured'
import { listOf, SCENE_STATUSES } from './readRow'
import type { RunRef, Selection } from './selection'

/** Reads what trends need from the columns of the selected runs. */
export interface TrendReader {
  /** The mean over the run's scenes of the metric; undefined where none has it. */
  point(ref: RunRef, metric: Metric): Trend['points'][number] | undefined
  run(ref: RunRef): TrendRun
}

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
    run({ chunk, row }) {
      const scenes: TrendScene[] = []
      for (let scene = chunk.starts[row] ?? 0; scene < (chunk.starts[row + 1] ?? 0); scene++)
        scenes.push(...sceneAt(chunk, scene, isTimed(chunk, scene)))
      return {
        runId: chunk.runIds[row] ?? '',
        timestamp: chunk.runNumbers.timestamp[row] ?? 0,
        scenes,
        facts: factsAt(chunk, row),
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

function factsAt(chunk: ColumnChunk, row: number): TrendRun['facts'] {
  const found = new Map<string, Set<string>>()
  const note = (name: string, value: unknown): void => {
    if (typeof value === 'string') found.set(name, (found.get(name) ?? new Set()).add(value))
  }
  const { sceneTexts: texts, starts } = chunk
  for (let scene = starts[row] ?? 0; scene < (starts[row + 1] ?? 0); scene++) {
    const facts: Readonly<Record<string, unknown>> = JSON.parse(textAt(texts.facts, scene) ?? '{}')
    for (const [name, value] of Object.entries(facts)) note(name, value)
    for (const model of listOf(textAt(texts.models, scene))) note('models', model)
    note('workflowHash', textAt(texts.workflow, scene))
  }
  const joined = (name: string): string | undefined => {
    const values = found.get(name)
    return values && [...values].sort().join('\n')
  }
  return definedMembers({
    gpuDriver: joined('gpuDriver'),
    comfyVersion: joined('comfyVersion'),
    torchVersion: joined('torchVersion'),
    gpuName: joined('gpuName'),
    models: joined('models'),
    workflowHash: joined('workflowHash'),
    policy: textAt(chunk.runTexts.policy, row),
  })
}
