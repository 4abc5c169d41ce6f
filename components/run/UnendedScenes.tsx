import type { ReactElement } from 'react'
import type { HistoricalRun } from '../../types'
import { count } from '../../utils/format/formatCount'
import { liveHref, useServerOf } from '../../utils/hooks'
import { countScenes, sceneTotals } from '../../utils/run/sceneCounts'

/** Of a run that goes on: how many scenes its record has not yet, and where they are seen. Nothing of one that ended. */
export function UnendedScenes({ run }: { readonly run: HistoricalRun }): ReactElement | null {
  const server = useServerOf(run.source)
  if (run.status !== 'running') return null
  const { of } = sceneTotals({ counts: countScenes(run.scenes), sceneCount: run.sceneCount })
  const left = of - run.scenes.length
  return (
    <p className="tele-muted">
      {leftWords(left)}
      {server === undefined ? (
        '.'
      ) : (
        <>
          : <a href={liveHref({ server, run: run.runId })}>watch {left === 1 ? 'it' : 'them'} live</a>
        </>
      )}
    </p>
  )
}

const leftWords = (left: number): string =>
  left > 0
    ? `${count(left, 'more scene')} ${left === 1 ? 'has' : 'have'} not ended yet`
    : 'More scenes may come'
