import type { GenerateRequest, HistoricalRun } from '../../types'
import type { Job, JobAttempt, JobPlan, JobProgress } from '../history/jobRecords'
import { sceneStatusOf } from '../shared/exitReason'
import type { ComfyClient } from './createComfyClient'
import { GenerateError } from './generateError'

/**
 * A plan that queues the failed scenes of a run once more: from the plan that this browser kept, else from the graphs that the
 * server's history still has. Rejects with a GenerateError when nothing failed, or no graph can be had.
 */
export async function planAgain(
  runId: string,
  job: Job | undefined,
  run: HistoricalRun | undefined,
  client: Pick<ComfyClient, 'graphOf'>,
): Promise<{ readonly plan: JobPlan; readonly from: Pick<JobProgress, 'scenes' | 'again'> }> {
  const scenes = { ...attemptsOf(run), ...job?.progress.scenes }
  const failed = Object.entries(scenes).filter(([, attempts]) => hasFailed(attempts))
  if (failed.length === 0)
    throw new GenerateError(
      'nothing-failed',
      'No scene of this run failed, so there is nothing to queue again.',
    )
  const request = job?.plan.request ?? (await requestOf(run, failed, client))
  const again = Object.fromEntries(failed.map(([sceneId, attempts]) => [sceneId, attempts.length]))
  return { plan: { runId, request, createdAt: job?.plan.createdAt ?? 0 }, from: { scenes, again } }
}

function hasFailed(attempts: readonly JobAttempt[]): boolean {
  const reason = attempts.at(-1)?.exitReason
  const status = reason === undefined ? undefined : sceneStatusOf(reason)
  return status === 'failed' || status === 'timeout'
}

function attemptsOf(run: HistoricalRun | undefined): Record<string, readonly JobAttempt[]> {
  const scenes = run?.scenes.map(({ sceneId, attemptLog }) => [
    sceneId,
    (attemptLog ?? []).map(({ attempt, promptId, queuedAt, exitReason }) => ({
      attempt,
      promptId: promptId ?? '',
      plannedAt: queuedAt ?? 0,
      queuedAt: queuedAt ?? 0,
      exitReason,
    })),
  ])
  return Object.fromEntries(scenes ?? [])
}

async function requestOf(
  run: HistoricalRun | undefined,
  failed: readonly (readonly [string, readonly JobAttempt[]])[],
  client: Pick<ComfyClient, 'graphOf'>,
): Promise<GenerateRequest> {
  const scenes: GenerateRequest['scenes'][number][] = []
  for (const [sceneId, attempts] of failed) {
    const prompt = await client.graphOf(attempts.at(-1)?.promptId ?? '')
    if (prompt) scenes.push({ sceneId, prompt })
  }
  if (!run?.policy || scenes.length < failed.length)
    throw new GenerateError(
      'no-plan',
      'The workflow of this run is kept neither in this browser nor by the server, so its scenes can’t be queued again from here.',
    )
  const { runName, storyId, tags, policy } = run
  return {
    policy,
    scenes,
    ...(runName === undefined ? {} : { runName }),
    ...(storyId === undefined ? {} : { storyId }),
    ...(tags === undefined ? {} : { tags }),
  }
}
