import type { GpuReading, GpuSummary, GpuTrace, RealtimeTelemetryUpdate } from '../../types'
import { definedMembers } from '../shared/definedMembers'

/** GPU readings of the prompts that execute, for servers that keep none themselves. */
export interface SampleLog {
  add(update: RealtimeTelemetryUpdate): void
  /** Summary and trace of a prompt that ended; forgets it. */
  take(promptId: string): { readonly gpu?: GpuSummary; readonly trace?: GpuTrace }
}

const MAX_POINTS = 1_000
const MAX_PROMPTS = 200
const POINT_MS = 1_000

interface Log {
  readonly source: string
  points: { readonly at: number; readonly gpus: readonly GpuReading[] }[]
  everyMs: number
}

/** A reading a second; of a prompt that takes longer than 1,000 s fewer, evenly. Readings of at most 200 prompts. */
export function createSampleLog(): SampleLog {
  const logs = new Map<string, Log>()
  return {
    add(update) {
      const { promptId, timestamp, source } = update
      const gpus = readingsOf(update)
      if (promptId === undefined || gpus.length === 0) return
      const log: Log = logs.get(promptId) ?? { source: source ?? '', points: [], everyMs: POINT_MS }
      logs.set(promptId, log)
      const [oldest] = logs.keys()
      if (logs.size > MAX_PROMPTS && oldest !== undefined) logs.delete(oldest)
      const last = log.points.at(-1)
      if (last && timestamp - last.at < log.everyMs) return
      log.points.push({ at: timestamp, gpus })
      if (log.points.length <= MAX_POINTS) return
      log.points = log.points.filter((_, index) => index % 2 === 0)
      log.everyMs *= 2
    },
    take(promptId) {
      const log = logs.get(promptId)
      logs.delete(promptId)
      if (!log) return {}
      return {
        gpu: summarize(log.points.flatMap(({ gpus }) => gpus[0] ?? [])),
        trace: { source: log.source, promptId, points: log.points, gaps: [] },
      }
    },
  }
}

function readingsOf(update: RealtimeTelemetryUpdate): readonly GpuReading[] {
  if (update.gpus) return update.gpus
  const { gpuIndex: index = 0, gpuVramFree: vramFree, gpuUtilization: utilization } = update
  if (vramFree === undefined && utilization === undefined) return []
  return [{ index, ...definedMembers({ vramFree, utilization }) }]
}

/** Of one GPU's readings; what was never read is absent. */
export function summarize(readings: readonly GpuReading[]): GpuSummary {
  const free = readings.flatMap(({ vramFree }) => vramFree ?? [])
  const busy = readings.flatMap(({ utilization }) => utilization ?? [])
  const power = readings.flatMap(({ power: watts }) => watts ?? [])
  return {
    samples: readings.length,
    ...(free.length === 0 ? {} : { vramFreeMean: mean(free), vramFreeMin: Math.min(...free) }),
    ...(busy.length === 0 ? {} : { utilizationMean: mean(busy), utilizationMax: Math.max(...busy) }),
    ...(power.length === 0 ? {} : { powerMean: mean(power) }),
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
