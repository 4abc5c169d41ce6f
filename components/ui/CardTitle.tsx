import type { ReactElement, ReactNode } from 'react'
import { useLive } from '../../utils/hooks'
import { Glyph } from './Glyph'

/** A card's title; carries the diamond while the data is simulated, so that a cropped picture still says so. */
export function CardTitle(props: {
  readonly level: 2 | 3
  readonly id?: string
  readonly children: ReactNode
}): ReactElement {
  const isSimulated = useLive((state) => state.server?.simulated ?? false)
  const Heading = props.level === 2 ? 'h2' : 'h3'
  return (
    <Heading id={props.id} className="tele-card-title">
      {isSimulated && (
        <>
          <Glyph name="simulated" />
          <span className="tele-unseen">Simulated: </span>
        </>
      )}
      {props.children}
    </Heading>
  )
}
