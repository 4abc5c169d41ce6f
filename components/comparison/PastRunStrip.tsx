import { useState, type KeyboardEvent, type ReactElement } from 'react'
import type { PastRun } from '../../utils/comparison/pastRuns'
import { formatDuration, speakDuration } from '../../utils/format/formatDuration'
import { formatExact } from '../../utils/format/formatTime'
import { runTitle } from '../../utils/format/runTitle'
import { nextIndex } from '../../utils/run/nextIndex'
import './PastRunStrip.css'

/**
 * Earlier runs over time, 48 px high: higher took longer, the line is this run; a mark points the way this run went from it. One tab
 * stop; arrows move, Enter opens.
 */
export function PastRunStrip(props: {
  readonly runs: readonly PastRun[]
  /** This run's average, ms. */
  readonly now: number | undefined
  readonly onOpenRun?: ((runId: string) => void) | undefined
}): ReactElement {
  const { runs, now, onOpenRun } = props
  const [active, setActive] = useState(runs.length - 1)
  const [looked, setLooked] = useState<number>()
  const max = Math.max(now ?? 0, ...runs.map(({ duration }) => duration))
  const read = runs[looked ?? -1]
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = nextIndex(event.key, active, runs.length)
    if (next === undefined) return
    event.preventDefault()
    setActive(next)
    const button = event.currentTarget.querySelectorAll('button')[next]
    button?.focus()
  }
  return (
    <div className="tele-past">
      <div className="tele-past-strip" role="toolbar" aria-label="Earlier runs" onKeyDown={onKeyDown}>
        {now !== undefined && max > 0 && (
          <span className="tele-past-now" style={{ insetBlockEnd: `${heightOf(now, max)}px` }} />
        )}
        {runs.map((run, i) => (
          <button
            key={run.runId}
            type="button"
            tabIndex={i === Math.min(active, runs.length - 1) ? 0 : -1}
            aria-label={spoken(run)}
            onClick={() => onOpenRun?.(run.runId)}
            onFocus={() => {
              setActive(i)
              setLooked(i)
            }}
            onBlur={() => setLooked(undefined)}
            onPointerEnter={() => setLooked(i)}
            onPointerLeave={() => setLooked(undefined)}
          >
            <Mark shape={run.shape} bottom={heightOf(run.duration, max)} />
          </button>
        ))}
      </div>
      <p className="tele-past-read" aria-hidden="true">
        {read ? <Reading run={read} /> : <Ends runs={runs} />}
      </p>
    </div>
  )
}

const HEIGHT = 48
const MARK = 8
const heightOf = (duration: number, max: number): number =>
  max > 0 ? Math.round((duration / max) * (HEIGHT - MARK)) + MARK / 2 : MARK / 2

const POINTS = { worse: '4,0.5 7.7,7.5 0.3,7.5', better: '4,7.5 7.7,0.5 0.3,0.5' } as const

function Mark({
  shape,
  bottom,
}: {
  readonly shape: PastRun['shape']
  readonly bottom: number
}): ReactElement {
  return (
    <svg
      className="tele-past-mark"
      width={MARK}
      height={MARK}
      viewBox="0 0 8 8"
      style={{ insetBlockEnd: `${bottom - MARK / 2}px` }}
    >
      {shape === 'same' ? <circle cx="4" cy="4" r="3" /> : <polygon points={POINTS[shape]} />}
    </svg>
  )
}

function Reading({ run }: { readonly run: PastRun }): ReactElement {
  return (
    <>
      {formatExact(run.at)} · {runTitle(run)} · {formatDuration(run.duration)} a scene · {run.delta}
    </>
  )
}

function Ends({ runs }: { readonly runs: readonly PastRun[] }): ReactElement {
  return (
    <>
      Average scene of {runs.length === 1 ? '1 earlier run' : `${runs.length} earlier runs`}, from 0; the line
      is this run
    </>
  )
}

const spoken = (run: PastRun): string =>
  `${runTitle(run)}, ${formatExact(run.at)}: ${speakDuration(run.duration)} a scene, ${run.delta}`
