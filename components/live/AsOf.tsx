import type { ReactElement } from 'react'
import { formatAge } from '../../utils/format/formatDuration'
import { RunningText } from '../ui/RunningText'

/** How old is what stands beside it: `as of 13 seconds ago`. */
export function AsOf({ since }: { readonly since: number }): ReactElement {
  return <RunningText text={(now) => `as of ${formatAge(now - since)}`} />
}
