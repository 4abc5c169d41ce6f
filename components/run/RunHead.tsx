import type { ReactElement, ReactNode } from 'react'
import type { HistoricalRun } from '../../types'
import { formatDuration, plural } from '../../utils/format/formatDuration'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { savedTally } from '../../utils/format/sceneTally'
import { formatExact } from '../../utils/format/formatTime'
import { compareHref } from '../../utils/comparison/compareView'
import { useSourceLabels } from '../../utils/hooks'
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
  const server = useSourceLabels()?.get(run.source ?? '')
  return (
    <header className="tele-run-head">
      <BackToHistory />
      <div className="tele-run-title">
        <h1>
          {run.runName ?? 'Prompts without a run'},{' '}
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
        <RunStatusWord status={run.status} />
        {server !== undefined && <span>on {server}</span>}
        <span className="tele-figure">{savedTally(countsOf(run), totalOf(run))}</span>
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
      {unknownScenes(run) > 0 && (
        <p className="tele-muted">
          {unknownScenes(run)} of {plural(totalOf(run), 'scene')} {unknownWords(run)}.
        </p>
      )}
      {run.status !== 'running' && (
        <RunActions runId={run.runId} failed={countOf(run, 'failed') + countOf(run, 'timeout')} isOver />
      )}
    </header>
  )
}

const countOf = ({ scenes }: HistoricalRun, status: HistoricalRun['scenes'][number]['status']): number =>
  scenes.filter((scene) => scene.status === status).length
const countsOf = (run: HistoricalRun) => ({
  success: countOf(run, 'success'),
  failed: countOf(run, 'failed'),
  timeout: countOf(run, 'timeout'),
  skipped: countOf(run, 'skipped'),
})
const totalOf = (run: HistoricalRun): number => Math.max(run.sceneCount ?? 0, run.scenes.length)
const unknownScenes = (run: HistoricalRun): number => Math.max(0, (run.sceneCount ?? 0) - run.scenes.length)
const unknownWords = (run: HistoricalRun): string =>
  run.status === 'running' ? 'did not end yet' : unknownScenes(run) === 1 ? 'is not known' : 'are not known'
