import type { GpuReading, GpuSummary } from '../types'
import type { Random } from '../services/shared/createRandom'

/** A graphics card that isn't there: figures that move as a real one's do. */
export interface SimulatedGpu {
  readonly name: string
  read(isBusy: boolean): GpuReading
}

const GIGABYTE = 2 ** 30

export function createGpu(random: Random): SimulatedGpu {
  const name = 'NVIDIA GeForce RTX 4090'
  let free = 22.4
  let temperature = 41
  return {
    name,
    read(isBusy) {
      free += (isBusy ? 8.2 - free : 22.4 - free) * 0.2 + random.between(-0.15, 0.15)
      temperature += (isBusy ? 71 - temperature : 41 - temperature) * 0.05
      return {
        index: 0,
        name,
        vramFree: Math.round(free * GIGABYTE),
        vramTotal: 24 * GIGABYTE,
        utilization: Math.round(isBusy ? random.between(93, 100) : random.between(0, 4)),
        temperature: Math.round(temperature),
        power: Math.round(isBusy ? random.between(300, 335) : random.between(24, 32)),
      }
    },
  }
}

/** Of an attempt's readings, as the node summarises them. */
export function summarise(readings: readonly GpuReading[]): GpuSummary {
  const of = (name: 'vramFree' | 'utilization' | 'power'): readonly number[] =>
    readings.flatMap((reading) => reading[name] ?? [])
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  return readings.length === 0
    ? { samples: 0 }
    : {
        samples: readings.length,
        vramFreeMean: mean(of('vramFree')),
        vramFreeMin: Math.min(...of('vramFree')),
        utilizationMean: mean(of('utilization')),
        utilizationMax: Math.max(...of('utilization')),
        powerMean: mean(of('power')),
      }
}
