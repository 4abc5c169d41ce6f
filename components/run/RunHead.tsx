import type { ReactElement, ReactNode } from 'react'
import type { HistoricalRun } from '../../types'
import { count } from '../../utils/format/formatCount'
import { formatDuration } from '../../utils/format/formatDuration'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { formatExact } from '../../utils/format/formatTime'
import { savedTally } from '../../utils/format/sceneTally'
import { runTitle } from '../../utils/format/runTitle'
import { compareHref } from '../../utils/comparison/compareView'
import { useSourceLabels } from '../../utils/hooks'
import { countScenes, failedScenes, sceneTotals } from '../../utils/run/sceneCounts'
import { RunActions } from '../generate/RunActions'
import { RunStatusWord } from '../history/RunStatusWord'
import { FilterValue } from '../filter/FilterValue'
import { Marked } from '../ui/Marked'
import { BackToHistory } from './BackToHistory'

/** Which run it is, how it ended, and what can be done with it. */
export function RunHead({
  run,
  actions,
}: {
  readonly run: HistoricalRun
  readonly actions: ReactNode
}): ReactElement {
  const counts = countScenes(run.scenes)
  const { of } = sceneTotals({ counts, sceneCount: run.sceneCount })
  const unknown = of - run.scenes.length
  const server = useSourceLabels()?.get(run.source ?? '')
  return (
    <header className="tele-run-head">
      <BackToHistory />
      <div className="tele-run-title">
        <h1>
          {runTitle(run)},{' '}
          <time dateTime={new Date(run.timestamp).toISOString()}>{formatExact(run.timestamp)}</time>
        </h1>
        <p className="tele-run-buttons">
          {actions}
          <a className="tele-button" href={compareHref({ runs: [run.runId], base: 'auto' })}>
            Compare
          </a>
        </p>
      </div>
      <p className="tele-run-facts">
        <RunStatusWord status={run.status} counts={counts} />
        {server !== undefined && <span>on {server}</span>}
        <span className="tele-figure">{savedTally(counts, of)}</span>
        {run.averageDuration !== undefined && (
          <span className="tele-figure">{formatDuration(run.averageDuration)} a scene on average</span>
        )}
        {run.gpuAverageFree !== undefined && (
          <span className="tele-figure">{formatGigabytes(run.gpuAverageFree)} of VRAM free on average</span>
        )}
        {run.tags?.map((tag, index) => (
          <FilterValue key={tag} field="tag" value={tag} className="tele-tag">
            <Marked text={tag} field={`tags.${index}`} />
          </FilterValue>
        ))}
      </p>
      {unknown > 0 && (
        <p className="tele-muted">
          {unknown} of {count(of, 'scene')} {unknownWords(run, unknown)}.
        </p>
      )}
      {run.status !== 'running' && <RunActions runId={run.runId} failed={failedScenes(counts)} isOver />}
    </header>
  )
}

const unknownWords = ({ status }: HistoricalRun, unknown: number): string =>
  status === 'running' ? 'did not end yet' : unknown === 1 ? 'is not known' : 'are not known'
