import * as v from 'valibot'
import type { GpuReading, Result } from '../../types'
import { list, nonNegative, optional, text } from './primitives'
import { parseJson, parseWith } from './parse'
import { lenient } from './stockEnd'

/** What `/system_stats` tells of a server. */
export interface SystemStats {
  readonly gpus: readonly GpuReading[]
  readonly comfyVersion?: string
  readonly torchVersion?: string
  /** Our own simulator says so. */
  readonly simulated: boolean
}

const schema = v.object({
  system: lenient(
    v.object({
      comfyui_version: lenient(text(64)),
      pytorch_version: lenient(text(64)),
      simulated: lenient(v.boolean()),
    }),
  ),
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
 * ComfyUI's `/system_stats`. A server on the CPU reports its RAM as VRAM with `type: "cpu"`: that is no GPU, and the list of
 * GPUs is empty.
 */
export function parseSystemStats(body: string): Result<SystemStats, string> {
  const json = parseJson(body)
  const stats = json.ok ? parseWith(schema, json.value) : json
  if (!stats.ok) return stats
  const { system, devices } = stats.value
  const gpus = devices.filter((device) => device.type !== 'cpu').map(readingOf)
  return {
    ok: true,
    value: {
      gpus,
      simulated: system?.simulated ?? false,
      ...(system?.comfyui_version ? { comfyVersion: system.comfyui_version } : {}),
      ...(system?.pytorch_version ? { torchVersion: system.pytorch_version } : {}),
    },
  }
}

function readingOf(device: v.InferOutput<typeof schema>['devices'][number], position: number): GpuReading {
  const { vram_free: vramFree, vram_total: vramTotal } = device
  const name = device.name?.replace(TORCH_NAME, '$1')
  return {
    index: device.index ?? position,
    ...(name ? { name } : {}),
    ...(vramFree == null ? {} : { vramFree }),
    // A total of 0 is a device that could not be read.
    ...(vramTotal ? { vramTotal } : {}),
  }
}

/** "cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync": the card's own name is between. */
const TORCH_NAME = /^\w+:\d+ ([^:]+?)(?: : \w+)?$/
