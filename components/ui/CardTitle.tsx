import type { ReactElement, ReactNode } from 'react'
import { useIsSimulated } from '../../utils/hooks'
import { PlainTitle } from './PlainTitle'

/** A card's title on a page of the dashboard: it knows by itself whether the data is simulated. */
export function CardTitle(props: {
  readonly level: 2 | 3
  readonly id?: string
  readonly children: ReactNode
}): ReactElement {
  return <PlainTitle {...props} isSimulated={useIsSimulated()} />
}
