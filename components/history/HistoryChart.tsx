import type { ReactElement } from 'react'
import { usePreference } from '../../utils/hooks'
import { Tabs } from '../ui/Tabs'
import { ChosenChart, type HistoryChartProps } from './ChosenChart'

/** Where the table has two lines a run the charts are folded until somebody opens them. */
const NARROW_PX = 640

/** The runs that match in one of three charts; can be folded, and is then not asked for. */
export function HistoryChart(props: HistoryChartProps): ReactElement {
  const [choice, choose] = usePreference('historyChart', ['usual', 'open', 'folded'])
  const [kind, setKind] = usePreference('historyChartKind', ['duration', 'rates', 'gpu'])
  const isOpen = choice === 'usual' ? globalThis.innerWidth >= NARROW_PX : choice === 'open'
  return (
    <details
      className="tele-history-chart"
      open={isOpen}
      onToggle={({ currentTarget }) => currentTarget.open !== isOpen && choose(isOpen ? 'folded' : 'open')}
    >
      <summary>Charts</summary>
      {isOpen && (
        <Tabs label="Chart" tabs={TABS} value={kind} onValue={setKind}>
          <ChosenChart key={kind} kind={kind} {...props} />
        </Tabs>
      )}
    </details>
  )
}

const TABS = [
  { id: 'duration', title: 'Duration' },
  { id: 'rates', title: 'Success rates' },
  { id: 'gpu', title: 'GPU' },
] as const
