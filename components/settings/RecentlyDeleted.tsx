import { useCallback, useLayoutEffect, useRef, type ReactElement } from 'react'
import type { RecentDeletion } from '../../types'
import { count, whole } from '../../utils/format/formatCount'
import { formatExact, formatWhen } from '../../utils/format/formatTime'
import { deletionTitle } from '../../utils/history/deletionWords'
import { useDeletions, useNow } from '../../utils/hooks'
import './RecentlyDeleted.css'

/** What was deleted and can be brought back still, deletion by deletion. */
export function RecentlyDeleted(): ReactElement {
  const { deletions, error, returning, bringBack } = useDeletions()
  const { newest = [], older = 0 } = deletions ?? {}
  const now = useNow(60_000)
  const title = useRef<HTMLHeadingElement>(null)
  const focusTitle = useCallback(() => title.current?.focus(), [])
  return (
    <section className="tele-deleted" aria-labelledby="tele-deleted-title">
      <h3 id="tele-deleted-title" ref={title} tabIndex={-1}>
        Recently deleted
      </h3>
      {newest.length > 0 ? (
        <ul className="tele-deleted-list" aria-labelledby="tele-deleted-title">
          {newest.map((deletion) => (
            <DeletionRow
              key={deletion.token}
              deletion={deletion}
              now={now}
              isReturning={returning.has(deletion.token)}
              onBringBack={() => void bringBack(deletion)}
              onLeave={focusTitle}
            />
          ))}
        </ul>
      ) : (
        <p className="tele-muted">
          {deletions
            ? 'Nothing was deleted in the last seven days.'
            : error === null && 'Looking for deleted runs…'}
        </p>
      )}
      {older > 0 && <p className="tele-muted">And {whole(older)} older.</p>}
      {error !== null && (
        <p role="alert" className="tele-problem">
          {error}
        </p>
      )}
    </section>
  )
}

function DeletionRow(props: {
  readonly deletion: RecentDeletion
  readonly now: number
  readonly isReturning: boolean
  readonly onBringBack: () => void
  /** It is about to go with the focus in it. */
  readonly onLeave: () => void
}): ReactElement {
  const { deletion, now, isReturning, onBringBack, onLeave } = props
  const button = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const own = button.current
    return () => {
      if (own === document.activeElement) onLeave()
    }
  }, [onLeave])
  const title = deletionTitle(deletion)
  const label = isReturning ? 'Coming back…' : 'Bring back'
  return (
    <li>
      <span>{title}</span>
      <span className="tele-muted">
        {count(deletion.runs, 'run')}, deleted <Moment at={deletion.deletedAt} now={now} />; can be brought
        back until <Moment at={deletion.until} now={now} />
      </span>
      <button
        ref={button}
        type="button"
        className="tele-button"
        aria-label={`${label} ${title}`}
        aria-disabled={isReturning}
        onClick={isReturning ? undefined : onBringBack}
      >
        {label}
      </button>
    </li>
  )
}

function Moment({ at, now }: { readonly at: number; readonly now: number }): ReactElement {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {formatWhen(at, now)}
    </time>
  )
}
