import type { GpuReading, RealtimeTelemetryUpdate } from '../../types'
import type { KnownPrompts, KnownPromptsQuery } from '../history/recorderStore'
import { createRecentMap } from '../shared/createRecentMap'
import { definedMembers } from '../shared/definedMembers'
import { supersedes } from '../shared/exitReason'
import { isAdhoc } from '../told/createRelabelling'
import type { StockFrame } from '../wire/stockFrame'
import type { StockEntry, StockPrompt, StockQueue } from '../wire/stockPrompts'
import type { SystemStats } from '../wire/systemStats'
import type { LabelMessage, OutcomeMessage } from '../wire/told'
import { modelsOf, newestOf, noteCold, type NewestEntry } from './coldStart'
import { endOf } from './endOf'
import { environmentOf } from './environmentOf'
import { createFrameFacts } from './frameFacts'
import { createHeldPrompts } from './heldPrompts'
import { createPromptNames } from './promptNames'
import { HISTORY_PAGE } from './createStockReader'
import * as tell from './stockPrompt'
import type { Identity, OpenPromptState } from './stockPrompt'

type Updates = readonly RealtimeTelemetryUpdate[]

/** One look at a server: its queue, read before its newest history. Times by its clock. */
export interface Look {
  readonly queue: StockQueue
  readonly entries: readonly StockEntry[]
  readonly at: number
  /** When the queue grew, if it did since the look before. */
  readonly roseAt?: number
  readonly stats: SystemStats | undefined
  /** The server was watched since the look before: what is new began just now. */
  readonly isWatched: boolean
}

/**
 * The books of a stock server: which prompts are open, and what each sight of its queue, its history and its socket makes of them.
 * Every end is told once. No clock of its own, no I/O.
 */
export interface StockBook {
  /** Nothing was looked at yet. */
  isFresh(): boolean
  /** What is stored as open goes on; what is stored as ended is not told again; both are attempts of their scenes. */
  learn(known: KnownPrompts): void
  /** Those of which nothing was told yet, nor learned. */
  unknown<T extends { readonly promptId: string }>(prompts: readonly T[]): readonly T[]
  apply(look: Look): Updates
  /** Prompts that ended before those of the newest page. */
  applyPast(entries: readonly StockEntry[], stats: SystemStats | undefined): Updates
  /** Open prompts that the last look did not show: they are looked for by name before `endMissing`. */
  missing(): readonly string[]
  endMissing(promptIds: readonly string[], at: number): Updates
  /** The scenes of the prompts that were just seen, or announced. */
  scenesOf(prompts: readonly StockPrompt[]): KnownPromptsQuery['scenes']
  /** Some prompts are not told yet, as somebody may label or show them still: look again soon. */
  isHolding(): boolean
  applyFrame(frame: StockFrame, at: number): Updates
  applyOutcome(outcome: OutcomeMessage, at: number): Updates
  /** The prompt was queued, and is that scene's; `from`: the name under which it was told before. */
  applyLabel(label: LabelMessage, at: number): { readonly updates: Updates; readonly from?: Identity }
  samples(at: number, gpus: readonly GpuReading[]): Updates
}

const REMEMBERED = 20_000
/** Ended prompts whose told outcome may still come. */
const SUPERSEDABLE = 500

/** Of a server of which nothing was seen yet. `source` is what its prompts are known by. */
export function createStockBook(source: string): StockBook {
  const open = new Map<string, OpenPromptState>()
  const known = createRecentMap<true>(REMEMBERED)
  const ended = createRecentMap<RealtimeTelemetryUpdate>(SUPERSEDABLE)
  const names = createPromptNames(source)
  const held = createHeldPrompts()
  const facts = createFrameFacts()
  let hasLooked = false
  let hasRestarted = false
  let newest: NewestEntry | undefined
  let shown: ReadonlySet<string> = new Set()

  const unknown = <T extends { readonly promptId: string }>(prompts: readonly T[]): readonly T[] =>
    prompts.filter(({ promptId }) => !known.has(promptId) && !open.has(promptId))

  const enter = (
    named: ReturnType<typeof names.name>,
    stats: SystemStats | undefined,
    roseAt: number | undefined,
  ): void => {
    for (const [prompt, identity] of named) {
      const { promptId, graph, number, createdAt } = prompt
      const queuedAt = createdAt ?? held.queuedAt(promptId) ?? roseAt
      const environment = environmentOf(graph, stats)
      open.set(promptId, {
        identity,
        graph,
        environment,
        status: 'new',
        hasExecuted: false,
        ...definedMembers({ number, queuedAt }),
      })
    }
  }

  const finish = (update: RealtimeTelemetryUpdate): Updates => {
    const { promptId = '' } = update
    open.delete(promptId)
    known.set(promptId, true)
    ended.set(promptId, update)
    facts.forget(promptId)
    return [update]
  }

  const endAll = (entries: readonly StockEntry[], at: number): Updates =>
    entries.flatMap((entry, index) => {
      const prompt = open.get(entry.promptId)
      if (!prompt) return []
      const before = entries[index - 1]
      Object.assign(prompt, facts.of(entry.promptId))
      if (!prompt.hasExecuted) noteCold(prompt, before && modelsOf(before))
      return finish(tell.endedUpdate(prompt, entry, at))
    })

  const execute = (prompt: OpenPromptState, at: number, isWatched: boolean): Updates => {
    if (prompt.status === 'executing') return []
    prompt.status = 'executing'
    prompt.hasExecuted = true
    if (isWatched) prompt.startedAt ??= at
    Object.assign(prompt, facts.of(prompt.identity.promptId))
    noteCold(prompt, newest?.models)
    return [tell.executingUpdate(prompt, at)]
  }

  const showQueue = ({ queue: { running, pending }, at, isWatched }: Look): Updates =>
    [...running, ...pending].flatMap((item, index) => {
      const prompt = open.get(item.promptId)
      if (!prompt) return []
      prompt.graph = item.graph
      const isNew = prompt.status === 'new'
      if (isNew) prompt.status = 'queued'
      const queued = isNew ? [tell.queuedUpdate(prompt, at, running.length + pending.length)] : []
      return index < running.length ? [...queued, ...execute(prompt, at, isWatched)] : queued
    })

  return {
    unknown,
    isFresh: () => !hasLooked,
    learn(stored) {
      for (const promptId of stored.ended) if (!open.has(promptId)) known.set(promptId, true)
      for (const prompt of unknown(stored.open)) {
        names.resume(prompt.update.runId ?? '')
        open.set(prompt.promptId, tell.restoredPrompt(prompt, source))
      }
      names.learn(stored.attempts)
    },
    apply(look) {
      const { queue, entries, at } = look
      const all = [...entries, ...queue.running, ...queue.pending]
      shown = new Set(all.map(({ promptId }) => promptId))
      hasRestarted = newest !== undefined && entries.length < HISTORY_PAGE && !shown.has(newest.promptId)
      const fresh = unknown(all)
      const unlabelled = hasLooked ? fresh.filter((prompt) => !names.labelOf(prompt)) : []
      const holding = held.hold(unlabelled, at)
      const due = fresh.filter(({ promptId }) => !holding.has(promptId))
      enter(names.name(due, entries, open.size === 0, at), look.stats, look.roseAt)
      const ends = endAll(entries, at)
      for (const { promptId } of entries) if (known.has(promptId)) known.set(promptId, true)
      newest = newestOf(entries, newest)
      const shownNow = showQueue(look)
      hasLooked = true
      // Deleted before any look: missing from now on, under the name that was announced.
      const unseen = unknown(held.settle(shown).map((promptId) => ({ promptId, graph: undefined })))
      enter(names.name(unseen, [], false, at), look.stats, undefined)
      return [...ends, ...shownNow]
    },
    applyPast(entries, stats) {
      enter(names.namePast(unknown(entries), entries), stats, undefined)
      return endAll(entries, 0)
    },
    missing: () => [...open.keys()].filter((promptId) => !shown.has(promptId)),
    endMissing(promptIds, at) {
      const gone = promptIds.flatMap((promptId) => open.get(promptId) ?? [])
      const endTold = (prompt: OpenPromptState) => facts.endOf(prompt.identity.promptId)
      // An executing prompt leaves the queue only into the history, or with the server.
      const isRestart = hasRestarted || gone.some((prompt) => prompt.hasExecuted && !endTold(prompt))
      return gone.flatMap((prompt) => {
        const told = endTold(prompt)
        Object.assign(prompt, facts.of(prompt.identity.promptId))
        const end = told ? endOf(told) : ({ exitReason: isRestart ? 'serverRestart' : 'deleted' } as const)
        return finish(tell.terminalUpdate(prompt, end, told?.timestamp ?? at))
      })
    },
    isHolding: held.isHolding,
    scenesOf: (prompts) =>
      [...prompts, ...held.announced().map((promptId) => ({ promptId }))].flatMap(
        (prompt) => names.labelOf(prompt) ?? [],
      ),
    applyFrame(frame, at) {
      if (!('promptId' in frame) || known.has(frame.promptId)) return []
      const prompt = open.get(frame.promptId)
      const fact = facts.note(frame, prompt?.graph)
      if (!prompt || isOver(frame)) return []
      const begun = execute(prompt, at, false)
      Object.assign(prompt, fact)
      return begun
    },
    applyOutcome({ promptId, runId, sceneId, exitReason, error }, at) {
      const end = { exitReason, ...(error ? { error } : {}) }
      const prompt = open.get(promptId)
      if (prompt) return finish(tell.terminalUpdate(prompt, end, at))
      const last = ended.get(promptId)
      if (last)
        return supersedes(exitReason, last.exitReason ?? 'unknown')
          ? finish({ ...last, ...end, status: 'failed' })
          : []
      if (known.has(promptId)) return []
      const identity = names.nameAs(promptId, { runId, sceneId })
      return finish({ ...identity, ...end, status: 'failed', timestamp: at })
    },
    applyLabel({ promptId, runId, sceneId }, at) {
      names.label(promptId, { runId, sceneId })
      const prompt = open.get(promptId)
      if (!prompt && !known.has(promptId)) held.announce(promptId, at)
      if (!prompt || !isAdhoc(prompt.identity)) return { updates: [] }
      const moved = { ...prompt, identity: names.nameAs(promptId, { runId, sceneId }) }
      open.set(promptId, moved)
      const since = prompt.startedAt ?? prompt.queuedAt ?? at
      const update = prompt.hasExecuted
        ? tell.executingUpdate(moved, since)
        : tell.queuedUpdate(moved, since, open.size)
      return { updates: [update], from: prompt.identity }
    },
    samples: (at, gpus) =>
      [...open.values()].flatMap((prompt) =>
        prompt.status === 'executing' ? [tell.sampleOf(prompt, at, gpus)] : [],
      ),
  }
}

/** Its end is told when the history has it. */
const isOver = (frame: StockFrame): boolean =>
  frame.type === 'ended' || (frame.type === 'executing' && frame.nodeId === undefined)
