import { useRef, useState, type ReactElement, type UIEvent } from 'react'
import { count } from '../../utils/format/formatCount'
import { formatClock, formatExact } from '../../utils/format/formatTime'
import { useHeldList, useLive, useServerName } from '../../utils/hooks'
import { createLogSelector, type LogLine } from '../../utils/live/logLines'
import { CardTitle } from '../ui/CardTitle'
import { Glyph } from '../ui/Glyph'
import './EventLog.css'

/** What happened, newest first. While one reads further down, new lines wait behind a button. */
export function EventLog(): ReactElement {
  const [select] = useState(createLogSelector)
  const events = useLive(select, 250)
  const server = useServerName()
  const [isErrorsOnly, setErrorsOnly] = useState(false)
  const [isHeld, setHeld] = useState(false)
  const { shown, waiting } = useHeldList(events, isHeld)
  const lines = shown.filter(({ isError }) => !isErrorsOnly || isError).reverse()
  const list = useRef<HTMLDivElement>(null)
  const showNewest = (): void => {
    list.current?.scrollTo({ top: 0 })
    setHeld(false)
  }
  const onScroll = ({ currentTarget }: UIEvent<HTMLDivElement>): void => setHeld(currentTarget.scrollTop > 4)
  return (
    <section className="tele-card tele-events" aria-labelledby="tele-events-title">
      <div className="tele-events-head">
        <CardTitle level={2} id="tele-events-title">
          {server === undefined ? 'Events' : `Events of ${server}`}
        </CardTitle>
        <div role="group" aria-label="Which events" className="tele-choice">
          {[false, true].map((only) => (
            <button
              key={String(only)}
              type="button"
              aria-pressed={isErrorsOnly === only}
              onClick={() => {
                setErrorsOnly(only)
                showNewest()
              }}
            >
              {only ? 'Errors' : 'All'}
            </button>
          ))}
        </div>
        {isHeld && waiting > 0 && (
          <button type="button" className="tele-button tele-button-quiet" onClick={showNewest}>
            {count(waiting, 'new event')}, show
          </button>
        )}
      </div>
      {lines.length === 0 ? (
        <p className="tele-muted">
          {shown.length > 0 ? 'Nothing failed.' : 'Nothing since this page was opened.'}
        </p>
      ) : (
        <div
          ref={list}
          className="tele-events-list"
          onScroll={onScroll}
          tabIndex={0}
          role="region"
          aria-label="Event log"
        >
          <ol>
            {lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </ol>
        </div>
      )}
    </section>
  )
}

function Line({ line }: { readonly line: LogLine }): ReactElement {
  const { at, kind, words } = line
  return (
    <li>
      <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
        {formatClock(at)}
      </time>
      <Glyph name={kind === 'gap' ? 'stale' : line.mark} />
      {kind === 'gap' ? (
        <span>{words}</span>
      ) : (
        <span>
          <b>{line.scene}</b> {words}
          {line.run !== undefined && <span className="tele-muted"> · {line.run}</span>}
        </span>
      )}
    </li>
  )
}
