import type { RecentDeletion } from '../../types'
import { count, whole } from '../format/formatCount'

/** What is said of bringing deleted runs back. */
export const RESTORING = { undoing: 'Restoring', undone: 'Restored' }

/** What was deleted: `Night run and 11 more`, or `12 runs` where none has a name. */
export function deletionTitle({ runs, firstName }: RecentDeletion): string {
  if (firstName === undefined) return count(runs, 'run')
  return runs === 1 ? firstName : `${firstName} and ${whole(runs - 1)} more`
}
