import type { ReactElement } from 'react'
import type { TrendShape } from '../../utils/comparison/describeEstimate'
import './TrendMark.css'

const SHAPES: Readonly<Record<TrendShape, ReactElement>> = {
  worse: <path d="M7 12V2.5M3 6.5l4-4 4 4" />,
  better: <path d="M7 2v9.5M3 7.5l4 4 4-4" />,
  same: <path d="M2 7h9.5M7.5 3l4 4-4 4" />,
  unknown: (
    <>
      <circle cx="7" cy="7" r="6" strokeWidth="1.25" strokeDasharray="2.2 1.57" />
      <path d="M5.5 5.6c0-2 3-2 3-.1 0 1.2-1.5 1.2-1.5 2.4" strokeWidth="1.25" />
      <circle cx="7" cy="10" r=".8" fill="currentColor" stroke="none" />
    </>
  ),
}

/** ↑ worse, ↓ better, → same, ? cannot tell; 14 px. Decoration: the word stands beside it. */
export function TrendGlyph({ shape }: { readonly shape: TrendShape }): ReactElement {
  return (
    <svg
      className={`tele-glyph tele-trend-${shape}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[shape]}
    </svg>
  )
}

/** A verdict: its shape, how large, and its word. `sentence` is read out instead of the three; a muted one does not speak for all. */
export function TrendMark(props: {
  readonly shape: TrendShape
  readonly size?: string | undefined
  readonly word: string
  readonly sentence?: string
  readonly isMuted?: boolean
}): ReactElement {
  const { shape, size, word, sentence, isMuted } = props
  return (
    <span className={`tele-trend${isMuted ? ' tele-trend-muted' : ''}`}>
      <TrendGlyph shape={shape} />
      <span className="tele-trend-words" aria-hidden={sentence !== undefined}>
        {size !== undefined && <span className="tele-figure">{size} </span>}
        {word}
      </span>
      {sentence !== undefined && <span className="tele-unseen">{sentence}</span>}
    </span>
  )
}
