import { encodeFilter } from '../../services/telemetryFilterService'
import type { TelemetryFilter } from '../../types'

/** A run's page at the scene that a filter found, with the filter's words to mark. */
export function hitHref(runId: string, scene: string | undefined, filter: TelemetryFilter = {}): string {
  const query = new URLSearchParams()
  if (scene !== undefined) query.set('scene', scene)
  const q = new URLSearchParams(encodeFilter(filter)).get('q')
  if (q !== null) query.set('q', q)
  return `#/run/${encodeURIComponent(runId)}${query.size === 0 ? '' : `?${query.toString()}`}`
}
