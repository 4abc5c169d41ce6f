import type { TabSign } from './tabSignOf'

/**
 * A tab's icon as a data address: a ring when nothing runs, a ring that fills while a run goes on, a check after a good end, a
 * cross as soon as a scene failed unseen, a dotted ring while no news comes, a square for a stopped run. Its colours follow the
 * browser's own scheme, for that is what it stands on. Shares are told in twelfths, so that it changes seldom.
 */
export function tabIcon(sign: TabSign): string {
  const { hue, shape } = drawingOf(sign)
  const [light, dark] = COLOURS[hue]
  const style = `:root{color:${light}}@media(prefers-color-scheme:dark){:root{color:${dark}}}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14"><style>${style}</style>${shape}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

interface Drawing {
  readonly hue: keyof typeof COLOURS
  readonly shape: string
}

function drawingOf(sign: TabSign): Drawing {
  switch (sign.kind) {
    case 'idle':
      return { hue: 'neutral', shape: RING }
    case 'running':
      if (sign.hasNewFailure) return FAILED
      if (!sign.isHeard) return { hue: 'stale', shape: DOTS }
      return { hue: 'executing', shape: RING + sector(sign.done / sign.of) }
    case 'ended':
      return sign.failed > 0 ? FAILED : { hue: 'completed', shape: CHECK }
    case 'stopped':
      return sign.failed > 0 ? FAILED : { hue: 'neutral', shape: SQUARE }
  }
}

const TWELFTHS = 12
const RADIUS = 5

/** Clockwise from the top. A run that has begun shows at least one twelfth, one that goes on never all. */
function sector(share: number): string {
  const twelfths = Math.min(TWELFTHS - 1, Math.max(1, Math.round(share * TWELFTHS)))
  const angle = (2 * Math.PI * twelfths) / TWELFTHS
  const x = (7 + RADIUS * Math.sin(angle)).toFixed(2)
  const y = (7 - RADIUS * Math.cos(angle)).toFixed(2)
  return `<path d="M7 7V2A5 5 0 ${twelfths > TWELFTHS / 2 ? 1 : 0} 1 ${x} ${y}z" fill="currentColor"/>`
}

const RING = '<circle cx="7" cy="7" r="5.25" fill="none" stroke="currentColor" stroke-width="1.75"/>'
const DOTS =
  '<circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="1.6 1.9"/>'
const SQUARE = '<rect x="2" y="2" width="10" height="10" rx="1" fill="currentColor"/>'
/** Cut out, not painted: the tab's ground shows through, whatever it is. */
const cut = (outline: string, mark: string): string =>
  `<mask id="m"><path fill="#fff" d="M0 0h14v14H0z"/><path d="${mark}" fill="none" stroke="#000" stroke-width="2" stroke-linecap="round"/></mask><g mask="url(#m)">${outline}</g>`
const CHECK = cut('<circle cx="7" cy="7" r="6.5" fill="currentColor"/>', 'M4 7.25 6.25 9.5 10 4.75')
const CROSS = cut(
  '<path d="M4.25.5h5.5l3.75 3.75v5.5L9.75 13.5h-5.5L.5 9.75v-5.5z" fill="currentColor"/>',
  'M4.75 4.75l4.5 4.5M9.25 4.75l-4.5 4.5',
)

/** Light and dark, the values of components/theme/tokens.css: an icon can't read them. */
const COLOURS = {
  neutral: ['#505d74', '#aab7cb'],
  executing: ['#0566d7', '#62a2ff'],
  completed: ['#066c57', '#5febbd'],
  failed: ['#98142a', '#f57c80'],
  stale: ['#685b12', '#d8cb86'],
} as const
const FAILED: Drawing = { hue: 'failed', shape: CROSS }
