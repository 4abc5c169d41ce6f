/** The tabs of a run's page, in order. */
export const RUN_TABS = ['scenes', 'nodes', 'gpu', 'setup', 'policy', 'notes'] as const
export type RunTab = (typeof RUN_TABS)[number]

/** Seconds since the run's first message. */
export interface RunZoom {
  readonly from: number
  readonly to: number
}
/** What of a run is looked at, as its address says. */
export interface RunView {
  readonly tab: RunTab
  readonly scene?: string
  readonly zoom?: RunZoom
  /** The query that led here: what it found is marked. */
  readonly q?: string
}

/** What an address says after `?`; what cannot be read there is as if it were not there. */
export function readRunView(query: URLSearchParams): RunView {
  const scene = query.get('scene')
  const zoom = readZoom(query.get('t') ?? '')
  const q = query.get('q')
  return {
    tab: RUN_TABS.find((tab) => tab === query.get('tab')) ?? 'scenes',
    ...(scene ? { scene } : {}),
    ...(zoom ? { zoom } : {}),
    ...(q ? { q } : {}),
  }
}

/** The address of a run as it is looked at: `#/run/ID?scene=…&tab=gpu&t=60-180`. */
export function runViewHref(runId: string, { tab, scene, zoom, q }: RunView): string {
  const query = new URLSearchParams()
  if (scene !== undefined) query.set('scene', scene)
  if (tab !== 'scenes') query.set('tab', tab)
  if (zoom) query.set('t', `${rounded(zoom.from)}-${rounded(zoom.to)}`)
  if (q !== undefined) query.set('q', q)
  const search = query.toString()
  return `#/run/${encodeURIComponent(runId)}${search === '' ? '' : `?${search}`}`
}

function readZoom(text: string): RunZoom | undefined {
  const [, from, to] = /^(\d{1,9}(?:\.\d{1,3})?)-(\d{1,9}(?:\.\d{1,3})?)$/.exec(text) ?? []
  const zoom = { from: Number(from), to: Number(to) }
  return zoom.to > zoom.from ? zoom : undefined
}

const rounded = (seconds: number): number => Math.max(0, Math.round(seconds * 10) / 10)
