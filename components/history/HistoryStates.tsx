import type { ReactElement, ReactNode } from 'react'
import { whole } from '../../utils/format/formatCount'
import { THIN } from '../../utils/format/formatDuration'
import { useDelayed, useMaintenance } from '../../utils/hooks'
import { ImportFile } from '../files/ImportFile'

/** Before the first run. */
export function NoRunsYet(): ReactElement {
  return (
    <section className="tele-card tele-empty">
      <h2>No runs yet</h2>
      <p>Start one in ComfyUI; it appears here by itself, whether this page is open or not.</p>
      <p className="tele-actions">
        <a className="tele-button" href="#/generate">
          Generate…
        </a>
        <a href="#/live">See what is live</a>
      </p>
      <ImportFile />
    </section>
  )
}

/** A filter that nothing matches; `children` say which part of it removes most. */
export function NoRunMatches(props: {
  readonly onReset?: (() => void) | undefined
  readonly children?: ReactNode
}): ReactElement {
  return (
    <section className="tele-card tele-empty">
      <h2>No run matches</h2>
      <div className="tele-actions">
        {props.children}
        {props.onReset && (
          <button type="button" className="tele-button" onClick={props.onReset}>
            Reset
          </button>
        )}
      </div>
    </section>
  )
}

/** What keeps the list from being here, once that has taken longer than a glance. */
export function SlowReading(props: {
  readonly isReading: boolean
  readonly runs: number | undefined
}): ReactElement | null {
  const isLong = useDelayed(props.isReading, 3_000)
  const maintenance = useMaintenance()
  if (!isLong && !maintenance) return null
  const share = maintenance ? ` ${Math.round(100 * maintenance.share)}${THIN}%` : ''
  const what = maintenance?.task === 'migrate' ? 'Bringing the history up to date' : 'Reading'
  const runs = props.runs === undefined ? 'the runs' : `${whole(props.runs)} runs`
  return (
    <p className="tele-muted tele-figure">
      {what === 'Reading' ? `${what} ${runs}…` : `${what}…`}
      {share}
    </p>
  )
}
