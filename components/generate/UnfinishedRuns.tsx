import type { ReactElement } from 'react'
import { begun } from '../../utils/generate/begun'
import { cutOffSentence } from '../../utils/generate/cutOffSentence'
import { useNow, useQueueAction, useTelemetry, useUnfinished } from '../../utils/hooks'

type Unfinished = NonNullable<ReturnType<typeof useUnfinished>['value']>[number]

/** Runs that were cut off because their tab went away: each can go on, or be given up. */
export function UnfinishedRuns(): ReactElement | null {
  const { value, refresh } = useUnfinished()
  if (!value || value.length === 0) return null
  return (
    <>
      {value.map((run) => (
        <CutOff key={run.runId} run={run} onChanged={refresh} />
      ))}
    </>
  )
}

function CutOff({
  run,
  onChanged,
}: {
  readonly run: Unfinished
  readonly onChanged: () => void
}): ReactElement {
  const { comfy, generations } = useTelemetry()
  const action = useQueueAction()
  const now = useNow(60_000)
  const { runId } = run
  const goOn = async (): Promise<void> => {
    await begun(await comfy.resume(runId), generations)
    onChanged()
    location.hash = `#/live?run=${encodeURIComponent(runId)}`
  }
  const giveUp = async (): Promise<void> => {
    await comfy.discard(runId)
    onChanged()
  }
  return (
    <section className="tele-card tele-run-actions" aria-label="A run that was cut off">
      <p>{cutOffSentence(run, now)}</p>
      <button
        type="button"
        className="tele-button tele-button-main"
        disabled={action.isBusy}
        onClick={() => action.run(goOn)}
      >
        Go on
      </button>
      <button
        type="button"
        className="tele-button tele-button-quiet"
        disabled={action.isBusy}
        onClick={() => action.run(giveUp)}
      >
        Give it up
      </button>
      {action.problem !== null && (
        <p role="alert" className="tele-problem">
          {action.problem}
        </p>
      )}
    </section>
  )
}
