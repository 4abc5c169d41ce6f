import type { HostReporter } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import type { Teller } from './createTeller'

/** What a host that queues by itself reports reaches the history as if it had been queued here. Holds nothing. */
export function createHostReporter(teller: Pick<Teller, 'tell'>): HostReporter {
  const tell = (message: Parameters<Teller['tell']>[0]): void => void teller.tell(message)
  return {
    beginRun({ runId, runName, storyId, sceneCount, policy }) {
      const head = definedMembers({ runName, storyId, sceneCount, policy })
      tell({ type: 'run', runId, event: 'begin', ...head })
    },
    queued: ({ runId, sceneId, promptId }) => tell({ type: 'label', runId, sceneId, promptId }),
    outcome: ({ promptId, runId, sceneId, exitReason, error }) =>
      tell({ type: 'outcome', promptId, runId, sceneId, exitReason, ...definedMembers({ error }) }),
    endRun: (runId, event) => tell({ type: 'run', runId, event }),
  }
}
