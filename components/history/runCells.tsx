import type { ReactElement, ReactNode } from 'react'
import type { Estimate, RunField, RunSummary, SceneField } from '../../types'
import { describeRun } from '../../utils/comparison/describeRun'
import { whole } from '../../utils/format/formatCount'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { formatDuration } from '../../utils/format/formatDuration'
import { formatExact, formatWhen } from '../../utils/format/formatTime'
import { runTitle } from '../../utils/format/runTitle'
import { savedTally } from '../../utils/format/sceneTally'
import { THIN } from '../../utils/format/thin'
import type { ColumnId } from '../../utils/history/runColumns'
import { countsSentence, failedScenes, sceneTotals } from '../../utils/run/sceneCounts'
import { FilterValue, type PickValue } from '../filter/FilterValue'
import { TrendMark } from '../ui/TrendMark'
import { RunStatusWord } from './RunStatusWord'

/** What cells need besides their run. */
export interface CellContext {
  readonly now: number
  /** Names of the servers by source; null where there is one server only. */
  readonly labels: ReadonlyMap<string, string> | null
  readonly onFilterValue: PickValue | undefined
  hrefOf(runId: string): string
}

/** How a run compares with those like it, if any are; false while that is being found out. */
type Judged = false | { readonly estimate: Estimate | undefined }

/** What stands in a column for a run. Links and buttons in it are reached by the arrows of the table, not by Tab. */
export const RUN_CELLS: Readonly<
  Record<ColumnId, (run: RunSummary, context: CellContext, judged: Judged) => ReactNode>
> = {
  when: ({ timestamp }, { now }) => (
    <time dateTime={new Date(timestamp).toISOString()} title={formatExact(timestamp)}>
      {formatWhen(timestamp, now)}
    </time>
  ),
  story: (run, { hrefOf }) => (
    <span className="tele-row-name">
      <a className="tele-row-link" href={hrefOf(run.runId)} tabIndex={-1} title={runTitle(run)}>
        {runTitle(run)}
      </a>
      {tellsMore(run) && <span className="tele-muted">{run.storyId}</span>}
    </span>
  ),
  storyId: ({ storyId }, { onFilterValue }) =>
    storyId === undefined ? NOT_KNOWN : <Value field="story" value={storyId} onPick={onFilterValue} />,
  server: ({ source = '' }, { labels, onFilterValue }) => {
    const label = labels?.get(source)
    return label === undefined ? (
      NOT_KNOWN
    ) : (
      <Value field="source" value={source} label={label} onPick={onFilterValue} />
    )
  },
  status: (run, { onFilterValue }) => {
    const of = statusOf(run)
    const word = <RunStatusWord status={run.status} counts={run.counts} />
    return of === undefined || !onFilterValue ? (
      word
    ) : (
      <FilterValue field="status" value={of} label={SCENES_THAT[of]} isInGrid onPick={onFilterValue}>
        {word}
      </FilterValue>
    )
  },
  scenes: (run) => {
    const { done, of } = sceneTotals(run)
    return <span title={countsSentence(run.counts)}>{`${whole(done)}/${whole(of)}`}</span>
  },
  average: ({ averageDuration }) =>
    averageDuration === undefined ? NOT_MEASURED : formatDuration(averageDuration),
  verdict: (run, _context, judged) => judged && <Verdict run={run} estimate={judged.estimate} />,
  success: (run) =>
    run.successRate === undefined ? (
      NOT_MEASURED
    ) : (
      <span title={countsSentence(run.counts)}>{`${Math.round(run.successRate * 100)}${THIN}%`}</span>
    ),
  vram: ({ gpuAverageFree }) =>
    gpuAverageFree === undefined ? NOT_MEASURED : formatGigabytes(gpuAverageFree),
  fallbacks: ({ fallbackCount }) => whole(fallbackCount),
  gpu: ({ gpuNames }, { onFilterValue }) =>
    gpuNames.length === 0
      ? NOT_MEASURED
      : gpuNames.map((name) => <Value key={name} field="gpu" value={name} onPick={onFilterValue} />),
  tags: ({ tags = [] }, { onFilterValue }) => (
    <>
      {tags.slice(0, MOST_TAGS).map((tag) => (
        <Value key={tag} field="tag" value={tag} onPick={onFilterValue} isTag />
      ))}
      {tags.length > MOST_TAGS && (
        <span
          className="tele-muted"
          title={tags.slice(MOST_TAGS).join(', ')}
        >{`+${tags.length - MOST_TAGS}`}</span>
      )}
    </>
  ),
}

/** More have no room; how many there are is said. */
const MOST_TAGS = 2

/** Whether the story's id is more than its name written another way. */
const tellsMore = ({ storyId, runName = '' }: RunSummary): boolean =>
  storyId !== undefined && !folded(runName).includes(folded(storyId))
const folded = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** What its scenes ended as that its status tells of: what failed comes before what completed. */
function statusOf({ status, counts }: RunSummary): 'success' | 'failed' | 'timeout' | undefined {
  if (status === 'running' || status === 'interrupted') return undefined
  if (failedScenes(counts) > 0) return counts.failed > 0 ? 'failed' : 'timeout'
  return status === 'completed' ? 'success' : undefined
}
/** Runs are filtered by what their scenes ended as. */
const SCENES_THAT = {
  success: 'runs with completed scenes',
  failed: 'runs with failed scenes',
  timeout: 'runs with timed out scenes',
}

/** Read out for a whole row: `Night run, 14 Nov, 02:10, 11 of 12 scenes, 1 failed`. */
export function runRowName(run: RunSummary, { now, labels }: CellContext): string {
  const { of } = sceneTotals(run)
  const server = labels?.get(run.source ?? '')
  const place = server === undefined ? '' : `, on ${server}`
  return `${runTitle(run)}, ${formatWhen(run.timestamp, now)}, ${savedTally(run.counts, of)}${place}`
}

function Verdict(props: { readonly run: RunSummary; readonly estimate: Estimate | undefined }): ReactElement {
  const { shape, size, word, phrase, sentence, isPartial } = describeRun(props.estimate, props.run)
  const isTold = shape === 'worse' || shape === 'better'
  return (
    <span title={phrase}>
      <TrendMark
        shape={shape}
        size={isTold ? size : undefined}
        word={word.replace(/:.*/, '')}
        sentence={sentence}
        isMuted={isPartial}
      />
    </span>
  )
}

function Value(props: {
  readonly field: RunField | SceneField
  readonly value: string
  readonly label?: string
  readonly isTag?: boolean
  readonly onPick: PickValue | undefined
}): ReactElement {
  const { field, value, label = value, isTag, onPick } = props
  const look = isTag ? 'tele-tag' : 'tele-value'
  return onPick ? (
    <FilterValue field={field} value={value} label={label} className={look} isInGrid onPick={onPick} />
  ) : (
    <span className={look} title={label}>
      {label}
    </span>
  )
}

const NOT_MEASURED = (
  <span className="tele-muted" title="Not measured">
    –<span className="tele-unseen">not measured</span>
  </span>
)
const NOT_KNOWN = (
  <span className="tele-muted" title="Not known">
    –<span className="tele-unseen">not known</span>
  </span>
)
