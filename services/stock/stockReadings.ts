import type { Connection, GpuReading } from '../../types'
import type { SystemStats } from '../wire/systemStats'

/** A server's GPUs, from `/system_stats` and, where that extension is installed, ComfyUI-Crystools. */
export interface StockReadings {
  noteStats(stats: SystemStats): void
  noteMonitor(gpus: readonly GpuReading[], at: number): void
  gpus(at: number): readonly GpuReading[]
  /** What the page can have of this server, and what it can't. */
  connection(at: number): Extract<Connection, { status: 'fallback' }>
}

/** Crystools sends every 0.5 to 5 s; silent for so long, it is gone. */
const MONITOR_TIMEOUT_MS = 15_000

export function createStockReadings(): StockReadings {
  let stats: readonly GpuReading[] = []
  let monitor: { readonly gpus: readonly GpuReading[]; readonly at: number } | undefined
  const heard = (at: number): readonly GpuReading[] | undefined =>
    monitor && at - monitor.at < MONITOR_TIMEOUT_MS ? monitor.gpus : undefined
  const gpus = (at: number): readonly GpuReading[] => join(stats, heard(at) ?? [])
  return {
    noteStats: ({ gpus: readings }) => void (stats = readings),
    noteMonitor: (readings, at) => void (monitor = { gpus: readings, at }),
    gpus,
    connection: (at) => ({
      status: 'fallback',
      kind: heard(at) ? 'crystools' : 'stock',
      missing: missingOf(gpus(at)),
    }),
  }
}

/** Memory as the server itself counts it, which is what its prompts can have; the rest from the extension. */
function join(stats: readonly GpuReading[], monitor: readonly GpuReading[]): readonly GpuReading[] {
  const byIndex = new Map(monitor.map((reading) => [reading.index, reading]))
  const own = stats.map((reading) => ({ ...byIndex.get(reading.index), ...reading }))
  const others = monitor.filter(({ index }) => !stats.some((reading) => reading.index === index))
  return [...own, ...others]
}

function missingOf(gpus: readonly GpuReading[]): readonly string[] {
  const figures = FIGURES.filter(([figure]) => gpus.every((reading) => reading[figure] === undefined))
  return [...figures.map(([, words]) => words), ...NEVER_KNOWN]
}

const FIGURES = [
  ['vramFree', 'GPU memory'],
  ['utilization', 'GPU utilisation'],
  ['temperature', 'GPU temperature'],
  ['power', 'GPU power'],
] as const
const NEVER_KNOWN = ['node times', 'progress of what others queue', 'replay after a drop'] as const
