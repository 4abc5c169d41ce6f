import type { ReactElement } from 'react'
import { usePulse } from '../../utils/hooks'

/** A figure whose background lights up once when it changed. Neither its size nor its place moves. */
export function PulsingValue(props: { readonly text: string; readonly isClock?: boolean }): ReactElement {
  const pulses = usePulse(props.text, props.isClock)
  const phase = pulses === 0 ? '' : pulses % 2 === 0 ? ' tele-pulse-even' : ' tele-pulse-odd'
  return <span className={`tele-figure${phase}`}>{props.text}</span>
}
