import * as v from 'valibot'
import type { GpuReading, Result } from '../../types'
import { parseWith } from './parse'
import { list, optional } from './primitives'

const figure = optional(v.unknown())
const schema = v.object({
  gpus: list(
    v.object({ gpu_utilization: figure, gpu_temperature: figure, vram_total: figure, vram_used: figure }),
    64,
  ),
})

/**
 * The GPUs of a `crystools.monitor`, which ComfyUI-Crystools sends to every client of `/ws`; in the driver's order. What the extension
 * could not read, it sends as -1: absent here.
 */
export function parseMonitor(content: unknown): Result<readonly GpuReading[], string> {
  const monitor = parseWith(schema, content)
  return monitor.ok ? { ok: true, value: monitor.value.gpus.map(readingOf) } : monitor
}

function readingOf(gpu: v.InferOutput<typeof schema>['gpus'][number], index: number): GpuReading {
  const utilization = known(gpu.gpu_utilization, 100)
  const temperature = known(gpu.gpu_temperature, 1_000)
  const vramTotal = known(gpu.vram_total, MAX_BYTES)
  const vramUsed = known(gpu.vram_used, vramTotal ?? 0)
  return {
    index,
    ...(utilization === undefined ? {} : { utilization }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(vramTotal ? { vramTotal } : {}),
    ...(vramTotal && vramUsed !== undefined ? { vramFree: vramTotal - vramUsed } : {}),
  }
}

const MAX_BYTES = 1e15

function known(value: unknown, max: number): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= max ? value : undefined
}
