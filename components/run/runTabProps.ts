import type { HistoricalRun } from '../../types'
import type { RunView } from '../../utils/run/runView'

/** What every tab of a run's page is given. */
export interface RunTabProps {
  readonly run: HistoricalRun
  readonly view: RunView
  /** Changes what is looked at, and the address with it. */
  readonly onView: (view: RunView) => void
}
