import type { ReactElement, ReactNode } from 'react'
import type { StorageReport } from '../../types'
import { formatStorage } from '../../utils/format/formatBytes'
import { count } from '../../utils/format/formatCount'
import { keepOf } from '../../utils/history/retentionRules'
import { useHashRoute, usePersistence, useStorageReport } from '../../utils/hooks'
import { DeleteEverything } from './DeleteEverything'
import { RecentlyDeleted } from './RecentlyDeleted'
import { RetentionForm } from './RetentionForm'
import './StoragePart.css'

/** Where the history is, how much room it takes, whether it is kept, and how to make it smaller. */
export function StoragePart(props: {
  /** Moving runs in and out. */
  readonly children?: ReactNode
}): ReactElement {
  const report = useStorageReport()
  const keep = keepOf(useHashRoute().query)
  return (
    <section className="tele-card" id="storage" aria-labelledby="tele-storage-title">
      <h2 id="tele-storage-title">Storage</h2>
      {report === null ? (
        <p className="tele-muted">The history is being opened.</p>
      ) : report.mode === 'memory' ? (
        <p>{report.reason ?? 'Nothing is being saved: this browser denies storage.'}</p>
      ) : (
        <Kept report={report} />
      )}
      {props.children}
      {report && <RecentlyDeleted />}
      {report && report.runs > 0 && (
        <>
          <RetentionForm key={keep} keep={keep} />
          <DeleteEverything runs={report.runs} />
        </>
      )}
    </section>
  )
}

function Kept({ report }: { readonly report: StorageReport }): ReactElement {
  const { runs, origin, usage, quota } = report
  return (
    <>
      <p>
        {count(runs, 'run')} kept in this browser for <code>{origin}</code>. Another address or port is
        another history.
      </p>
      {usage !== undefined && (
        <p className="tele-storage-usage">
          {formatStorage(usage)}
          {quota === undefined ? ' used.' : ` used of ${formatStorage(quota)} that the browser allows.`}
          {quota !== undefined && <progress aria-label="Room used" max={quota} value={usage} />}
        </p>
      )}
      <Persistence persisted={report.persisted} />
    </>
  )
}

function Persistence({ persisted }: { readonly persisted: StorageReport['persisted'] }): ReactElement {
  const { canAsk, answer, ask } = usePersistence()
  if (persisted === true || answer === true) return <p>The browser promised not to drop them.</p>
  if (persisted === 'unknown' && !canAsk)
    return <p>Whether the browser may drop them when room gets scarce can’t be told here.</p>
  return (
    <>
      <p>The browser may drop them when room gets scarce.</p>
      {answer === false ? (
        <p className="tele-muted" role="status">
          It did not promise to keep them. Some browsers do once a page is used often or bookmarked.
        </p>
      ) : (
        canAsk && (
          <button type="button" className="tele-button" onClick={() => void ask()}>
            Ask the browser to keep them
          </button>
        )
      )}
    </>
  )
}
