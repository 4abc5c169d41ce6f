import type { ReactElement } from 'react'
import type { Generation } from '../../types'
import { count } from '../../utils/format/formatCount'
import { begun } from '../../utils/generate/begun'
import { pauseSentence } from '../../utils/generate/pauseSentence'
import { tabSentence } from '../../utils/generate/tabSentence'
import { useGenerations, useQueueAction, useTelemetry } from '../../utils/hooks'
import './RunActions.css'

/** What can be done with a run: stop it while this tab queues it, queue what failed or timed out again once it is over. */
export function RunActions(props: {
  readonly runId: string
  readonly failed: number
  readonly isOver: boolean
}): ReactElement | null {
  const { runId, failed, isOver } = props
  const generation = useGenerations().find((each) => each.runId === runId)
  if (generation) return <Running generation={generation} />
  return isOver && failed > 0 ? <RetryFailed runId={runId} failed={failed} /> : null
}

function Running({ generation }: { readonly generation: Generation }): ReactElement {
  const { comfy } = useTelemetry()
  const { run, isBusy, problem } = useQueueAction()
  const { runId, status, problems, pauses } = generation
  const pause = pauses.at(-1)
  return (
    <div className="tele-run-actions">
      <button
        type="button"
        className="tele-button"
        disabled={status === 'stopping' || isBusy}
        onClick={() => run(() => comfy.stopRun(runId))}
      >
        {status === 'stopping' ? 'Stopping…' : 'Stop'}
      </button>
      <p>{tabSentence(generation)}</p>
      {pause && <p>{pauseSentence(pause)}</p>}
      {[...problems, ...(problem === null ? [] : [problem])].map((each) => (
        <p key={each} className="tele-problem">
          {each}
        </p>
      ))}
    </div>
  )
}

/** Queues the scenes of a run that failed or timed out again, as their next attempts. */
function RetryFailed({ runId, failed }: { readonly runId: string; readonly failed: number }): ReactElement {
  const { comfy, generations } = useTelemetry()
  const { run, isBusy, problem } = useQueueAction()
  const again = async (): Promise<void> => {
    await begun(await comfy.retryFailed(runId), generations)
    location.hash = `#/live?run=${encodeURIComponent(runId)}`
  }
  return (
    <div className="tele-run-actions">
      <button type="button" className="tele-button" disabled={isBusy} onClick={() => run(again)}>
        Queue {count(failed, 'scene')} again
      </button>
      {problem !== null && (
        <p role="alert" className="tele-problem">
          {problem}
        </p>
      )}
    </div>
  )
}
