import type { ReactElement, ReactNode } from 'react'
import { Glyph } from './Glyph'

/** A card's title; with the diamond where its data is simulated, so that a cropped picture still says so. */
export function PlainTitle(props: {
  readonly level: 2 | 3
  readonly id?: string | undefined
  readonly isSimulated?: boolean | undefined
  readonly children: ReactNode
}): ReactElement {
  const Heading = props.level === 2 ? 'h2' : 'h3'
  return (
    <Heading id={props.id} className="tele-card-title">
      {props.isSimulated && (
        <>
          <Glyph name="simulated" />
          <span className="tele-unseen">Simulated: </span>
        </>
      )}
      {props.children}
    </Heading>
  )
}
