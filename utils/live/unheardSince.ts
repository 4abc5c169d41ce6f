import type { LiveState } from '../../types'

/** Since when nobody knows how the scenes go on, by the local clock; undefined while they are heard of. */
export const unheardSince = ({ connection, silentSince, lastUpdate }: LiveState): number | undefined =>
  silentSince ?? (connection.status === 'stale' ? lastUpdate : undefined)

/** Whether what is shown is what was heard last, and may be true no more. */
export const isUnheard = (state: LiveState): boolean => unheardSince(state) !== undefined
