import { useEffect, useLayoutEffect, useRef, type ReactElement } from 'react'
import { everySecond } from '../../utils/live/everySecond'

/**
 * A text that runs with the clock: an age, a time since. Written straight into the page once a second, so that a hundred of them
 * cost no render.
 */
export function RunningText(props: {
  readonly text: (now: number) => string
  readonly className?: string
}): ReactElement {
  const span = useRef<HTMLSpanElement>(null)
  const { text } = props
  const latest = useRef(text)
  useLayoutEffect(() => {
    latest.current = text
    write(span.current, text)
  })
  useEffect(() => everySecond(() => write(span.current, latest.current)), [])
  return <span ref={span} className={props.className} />
}

function write(span: HTMLSpanElement | null, text: (now: number) => string): void {
  const next = text(Date.now())
  if (span && span.textContent !== next) span.textContent = next
}
