import type { ReactElement, ReactNode } from 'react'
import type { HistoricalRun } from '../../types'
import {
  Hits,
  replaceRoute,
  runHref,
  useComparison,
  useNeighbourRuns,
  useSavedRun,
  useShortcuts,
} from '../../utils/hooks'
import { readRunView, runViewHref, type RunTab, type RunView } from '../../utils/run/runView'
import { ConnectedHistoricalTelemetryCard } from '../HistoricalTelemetryCard'
import { Tabs, type Tab } from '../ui/Tabs'
import { BackToHistory } from './BackToHistory'
import { GpuTab } from './GpuTab'
import { NodesTab } from './NodesTab'
import { NotesTab } from './NotesTab'
import { PolicyTab } from './PolicyTab'
import { RunFindings } from './RunFindings'
import { RunHead } from './RunHead'
import type { RunTabProps } from './runTabProps'
import { ScenesTab } from './ScenesTab'
import { SetupTab } from './SetupTab'
import './RunPage.css'

/**
 * One saved run: what is to be said of it, its scenes on one axis, where its time went, its GPU, what it ran with, its
 * policy and what people wrote.
 * `query` is what its address says after `?`; `actions` stand in its head.
 */
export function RunPage(props: {
  readonly runId: string
  readonly query: URLSearchParams
  readonly actions?: ReactNode
}): ReactElement {
  const { runId, query, actions } = props
  const { run, loading, error } = useSavedRun(runId)
  return (
    <div className="tele-run">
      {error !== null && <p role="alert">{error}</p>}
      {!run && !loading && error === null && <NoSuchRun />}
      {run ? <Run run={run} view={readRunView(query)} actions={actions} /> : <BackToHistory />}
    </div>
  )
}

const TABS: readonly Tab<RunTab>[] = [
  { id: 'scenes', title: 'Scenes' },
  { id: 'nodes', title: 'Time by node' },
  { id: 'gpu', title: 'GPU' },
  { id: 'setup', title: 'Setup' },
  { id: 'policy', title: 'Policy' },
  { id: 'notes', title: 'Notes' },
]

const PANELS: Readonly<Record<RunTab, (props: RunTabProps) => ReactElement>> = {
  scenes: ScenesTab,
  nodes: NodesTab,
  gpu: GpuTab,
  setup: SetupTab,
  policy: PolicyTab,
  notes: NotesTab,
}

function Run(props: {
  readonly run: HistoricalRun
  readonly view: RunView
  readonly actions: ReactNode
}): ReactElement {
  const { run, view, actions } = props
  const { value: comparison } = useComparison(run.runId)
  useNeighbourKeys(run.timestamp)
  const onView = (next: RunView): void => replaceRoute(runViewHref(run.runId, next))
  const Panel = PANELS[view.tab]
  return (
    <Hits runId={run.runId} query={view.q}>
      <RunHead run={run} actions={actions} />
      <RunFindings run={run} comparison={comparison} />
      <div className="tele-run-columns">
        <Tabs label="About this run" tabs={TABS} value={view.tab} onValue={(tab) => onView({ ...view, tab })}>
          <Panel run={run} view={view} onView={onView} />
        </Tabs>
        <aside aria-label="Against earlier runs">
          <ConnectedHistoricalTelemetryCard runId={run.runId} />
        </aside>
      </div>
    </Hits>
  )
}

/** `[` and `]` lead to the runs before and after. */
function useNeighbourKeys(timestamp: number): void {
  const { previous, next } = useNeighbourRuns(timestamp)
  const open = (runId: string | undefined) => (): void => {
    if (runId !== undefined) location.hash = runHref(runId)
  }
  useShortcuts({ '[': open(previous), ']': open(next) })
}

function NoSuchRun(): ReactElement {
  return (
    <section className="tele-card tele-empty">
      <h1>No such run here</h1>
      <p>
        This browser has no run of that name. It may be in the history of another address or port, or was
        deleted. <a href="#/history">All runs</a>
      </p>
    </section>
  )
}
