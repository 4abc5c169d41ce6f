import type { RunHistory } from '../../types'
import type { PageHistory } from '../../services/telemetry/historyFacade'
import { useTelemetry } from './TelemetryProvider'

/** The contract's history as a page has it: who closes it is whoever made the telemetry. */
export type WholeHistory = Omit<RunHistory, 'close'> & PageHistory

/** The saved runs of the telemetry above. */
export function useHistory(): WholeHistory {
  const { history } = useTelemetry()
  if (isWhole(history)) return history
  throw new Error('This history cannot list its runs.')
}

function isWhole(history: PageHistory): history is WholeHistory {
  return 'runIds' in history
}
