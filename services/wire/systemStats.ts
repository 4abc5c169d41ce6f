import * as v from 'valibot'
import type { GpuReading, Result } from '../../types'
import { list, nonNegative, optional, text } from './primitives'
import { parseJson, parseWith } from './parse'

const schema = v.object({
  devices: list(
    v.object({
      name: optional(text(256)),
      type: optional(text(64)),
      index: optional(v.nullable(nonNegative())),
      vram_total: optional(v.nullable(nonNegative())),
      vram_free: optional(v.nullable(nonNegative())),
    }),
    64,
  ),
})

/**
 * ComfyUI's `/system_stats` as GPU readings. A server on the CPU reports its RAM as VRAM with `type: "cpu"`: that is no GPU,
 * and the list is empty.
 */
export function parseSystemStats(body: string): Result<readonly GpuReading[], string> {
  const json = parseJson(body)
  const stats = json.ok ? parseWith(schema, json.value) : json
  if (!stats.ok) return stats
  const gpus = stats.value.devices.filter((device) => device.type !== 'cpu')
  return { ok: true, value: gpus.map(readingOf) }
}

function readingOf(device: v.InferOutput<typeof schema>['devices'][number], position: number): GpuReading {
  const { name, vram_free: vramFree, vram_total: vramTotal } = device
  return {
    index: device.index ?? position,
    ...(name ? { name } : {}),
    ...(vramFree == null ? {} : { vramFree }),
    // A total of 0 is a device that could not be read.
    ...(vramTotal ? { vramTotal } : {}),
  }
}
