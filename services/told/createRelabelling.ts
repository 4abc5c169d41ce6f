import type { RealtimeTelemetryUpdate, SceneKey } from '../../types'
import { sceneKey } from '../shared/sceneKey'
import { createRecentMap } from '../shared/createRecentMap'
import type { LabelMessage } from '../wire/told'

/** Gives prompts that nobody labelled when they were queued the scene that their host says they are. */
export interface Relabelling {
  note(label: LabelMessage): void
  /** The same reference for what carries labels of its own, or has none here. */
  apply(update: RealtimeTelemetryUpdate): RealtimeTelemetryUpdate
}

const MAX_LABELS = 2_000

export function createRelabelling(): Relabelling {
  const labels = createRecentMap<{
    readonly runId: string
    readonly sceneId: string
    readonly attempt: number
  }>(MAX_LABELS)
  const counts = createRecentMap<number>(MAX_LABELS)
  return {
    note({ promptId, runId, sceneId }) {
      if (labels.has(promptId)) return
      const key: SceneKey = sceneKey(runId, sceneId)
      const attempt = (counts.get(key) ?? 0) + 1
      counts.set(key, attempt)
      labels.set(promptId, { runId, sceneId, attempt })
    },
    apply(update) {
      const label = isAdhoc(update) ? labels.get(update.promptId ?? '') : undefined
      return label ? { ...update, ...label, attempts: label.attempt } : update
    },
  }
}

/** Whether an update is of a prompt without labels (docs/protocol.md, "Where the ids come from"). */
export const isAdhoc = ({ runId }: Pick<RealtimeTelemetryUpdate, 'runId'>): boolean =>
  runId?.startsWith('adhoc-') ?? false
