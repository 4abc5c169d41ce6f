import type { LiveState } from '../../types'
import { useLive } from './useLive'

/** Whether the shown server is a simulator: everything that is shown then says so. */
export const useIsSimulated = (): boolean => useLive(isSimulated)

const isSimulated = (state: LiveState): boolean => state.server?.simulated ?? false
