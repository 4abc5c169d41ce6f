import type { KnownPrompts } from '../history/recorderStore'
import { createRecentMap } from '../shared/createRecentMap'
import type { PromptLabel } from '../wire/promptLabel'
import type { StockEntry, StockPrompt } from '../wire/stockPrompts'
import { createAdhocRuns } from './adhocRuns'
import { createSceneAttempts, inQueueOrder } from './sceneAttempts'
import { identityOf, type Identity } from './stockPrompt'

/** Says which attempt of which scene each prompt is. */
export interface PromptNames {
  /** The prompts of a look that are new. `isIdle`: nothing was open when they came; `entries`: the history they may be part of. */
  name(fresh: readonly StockPrompt[], entries: readonly StockEntry[], isIdle: boolean, at: number): Named
  /** The new ones among entries older than any look. */
  namePast(fresh: readonly StockEntry[], entries: readonly StockEntry[]): Named
  nameAs(promptId: string, label: PromptLabel): Identity
  /** What is stored already counts as attempts of its scene. */
  learn(attempts: KnownPrompts['attempts']): void
  /** From now on the prompt is that scene's. */
  label(promptId: string, label: PromptLabel): void
  labelOf(prompt: Pick<StockPrompt, 'promptId' | 'label'>): PromptLabel | undefined
  resume(runId: string): void
}
type Named = readonly (readonly [StockPrompt, Identity])[]

const MAX_LABELS = 2_000

/** Remembers the last 2,000 labels that were told apart from their prompts. */
export function createPromptNames(source: string): PromptNames {
  const labels = createRecentMap<PromptLabel>(MAX_LABELS)
  const attempts = createSceneAttempts()
  const adhoc = createAdhocRuns()

  const labelOf: PromptNames['labelOf'] = (prompt) => prompt.label ?? labels.get(prompt.promptId)
  const nameAs = (promptId: string, label: PromptLabel): Identity =>
    identityOf(source, promptId, label, attempts.next(label.runId, label.sceneId))
  const nameAdhoc = ({ promptId }: StockPrompt, at: number): Identity =>
    nameAs(promptId, { runId: adhoc.runOf(promptId, at), sceneId: promptId })

  /** In the order they were queued, which is what attempts are counted by. */
  const nameLabelled = (fresh: readonly StockPrompt[]): Named =>
    inQueueOrder(fresh).flatMap((prompt) => {
      const label = labelOf(prompt)
      return label ? [[prompt, nameAs(prompt.promptId, label)] as const] : []
    })
  const nameEntries = (fresh: ReadonlySet<StockPrompt>, entries: readonly StockEntry[]): Named =>
    entries.flatMap((entry) => {
      if (fresh.has(entry)) adhoc.pass(entry)
      const isAdhoc = fresh.has(entry) && !labelOf(entry)
      return isAdhoc ? [[entry, nameAdhoc(entry, entry.startedAt ?? 0)] as const] : []
    })

  return {
    nameAs,
    name(fresh, entries, isIdle, at) {
      const isEntry = new Set<StockPrompt>(entries)
      const waiting = fresh.filter((prompt) => !isEntry.has(prompt))
      const ran = nameEntries(new Set(fresh), entries)
      if (isIdle && waiting.length > 0 && ran.length === 0) adhoc.end()
      const unlabelled = inQueueOrder(waiting).filter((prompt) => !labelOf(prompt))
      return [
        ...nameLabelled(fresh),
        ...ran,
        ...unlabelled.map((prompt) => [prompt, nameAdhoc(prompt, at)] as const),
      ]
    },
    namePast: (fresh, entries) => [...nameLabelled(fresh), ...nameEntries(new Set(fresh), entries)],
    learn(counts) {
      for (const [key, count] of counts) attempts.note(key, count)
    },
    label: labels.set,
    labelOf,
    resume: adhoc.resume,
  }
}
