import type { GpuTrace } from '../../types'
import { count } from '../format/formatCount'
import { formatDuration } from '../format/formatDuration'
import { formatEnergy } from '../format/formatEnergy'
import { totalEnergy } from './traceEnergy'

/** Energy with what it was summed over, and for how many of `attempts` nothing is known. */
export function energySentence(traces: readonly GpuTrace[], attempts: number): string {
  const { energy, missing } = totalEnergy(traces)
  const unknown = missing + Math.max(0, attempts - traces.length)
  if (!energy) return 'Energy: not measured.'
  const rest = unknown > 0 ? ` Not measured for ${count(unknown, 'attempt')} of ${attempts}.` : ''
  return `Energy of the GPU: ${formatEnergy(energy.wattHours)}, measured over ${formatDuration(energy.measuredMs)}.${rest}`
}
