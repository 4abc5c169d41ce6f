import { memo, type ReactElement } from 'react'

/** A shape for each status, so that colour is never the only sign; 14 px. Decoration: the word stands beside it. */
export type GlyphName =
  | 'queued'
  | 'executing'
  | 'completed'
  | 'failed'
  | 'timeout'
  | 'skipped'
  | 'stale'
  | 'simulated'
  | 'interrupted'
  | 'live'
  | 'limited'
  | 'refused'
  | 'none'
  | 'saved'

const RING = <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />
const OCTAGON = <path d="M4.5 1h5L13 4.5v5L9.5 13h-5L1 9.5v-5z" fill="currentColor" />
const DISC = <circle cx="7" cy="7" r="6" fill="currentColor" />
const HOLE = {
  fill: 'none',
  stroke: 'var(--tele-surface)',
  strokeWidth: 1.75,
  strokeLinecap: 'round',
} as const

const SHAPES: Readonly<Record<GlyphName, ReactElement>> = {
  queued: RING,
  none: RING,
  saved: RING,
  executing: (
    <>
      {RING}
      <path d="M7 2a5 5 0 0 1 0 10z" fill="currentColor" />
    </>
  ),
  completed: (
    <>
      {DISC}
      <path d="M4.25 7.25 6.25 9.25 9.75 5" {...HOLE} />
    </>
  ),
  failed: (
    <>
      {OCTAGON}
      <path d="M5 5l4 4M9 5l-4 4" {...HOLE} />
    </>
  ),
  refused: OCTAGON,
  timeout: <path d="M3 1h8v2L8 7l3 4v2H3v-2l3-4-3-4z" fill="currentColor" />,
  skipped: (
    <>
      {RING}
      <path d="M3.5 10.5l7-7" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  stale: (
    <circle
      cx="7"
      cy="7"
      r="5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeDasharray="1.6 1.9"
    />
  ),
  simulated: (
    <>
      <path d="M7 1l6 6-6 6-6-6z" fill="none" stroke="currentColor" strokeWidth="1.25" />
      <path d="M4 7l3-3M5.5 8.5l3-3M7 10l3-3" stroke="currentColor" strokeWidth="1" />
    </>
  ),
  interrupted: <rect x="2" y="2" width="10" height="10" rx="1" fill="currentColor" />,
  live: DISC,
  limited: <path d="M7 1.5 13 12.5H1z" fill="currentColor" />,
}

export const Glyph = memo(function Glyph(props: { readonly name: GlyphName }): ReactElement {
  return (
    <svg
      className={`tele-glyph tele-is-${props.name}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden="true"
    >
      {SHAPES[props.name]}
    </svg>
  )
})
