import * as v from 'valibot'
import type { GpuTrace, Result } from '../../types'
import { parseJson, parseWith } from './parse'
import { id, list, optional, time } from './primitives'
import { gpuReadingSchema } from './update'

/** A `GpuTrace` has 1,000 points; a server that thins late may send a few more. */
const MAX_POINTS = 2_000

/** A GPU trace, of a server or of a file. */
export const traceSchema = v.object({
  source: id(),
  promptId: optional(id()),
  points: list(v.object({ at: time(), gpus: list(gpuReadingSchema(), 64) }), MAX_POINTS),
  gaps: list(v.object({ from: time(), to: time() }), MAX_POINTS),
})

/** `GET /telemetry/trace`. */
export function parseTrace(body: string): Result<GpuTrace, string> {
  const json = parseJson(body)
  return json.ok ? parseWith(traceSchema, json.value) : json
}
