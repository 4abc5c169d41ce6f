import type { ReactNode } from 'react'
import type { TelemetryCore } from '../../services/createTelemetry'
import { createPresetBook } from '../../services/presets/createPresetBook'
import { createStore } from '../../services/shared/createStore'
import { TelemetryProvider, ToastProvider } from '../../utils/hooks'
import type {
  Facets,
  HistoryStatistics,
  RecentDeletion,
  RunHistory,
  RunQuery,
  RunSummary,
  Trend,
} from '../../types'

/** A run as a list has it. */
export const summaryOf = (index: number, overrides: Partial<RunSummary> = {}): RunSummary => ({
  runId: `run-${index}`,
  runName: `Run ${index}`,
  timestamp: Date.UTC(2026, 10, 14, 2) - index * 3_600_000,
  status: 'completed',
  sceneCount: 4,
  averageDuration: 80_000 + index,
  successRate: 1,
  gpuAverageFree: 8 * 2 ** 30,
  fallbackCount: 0,
  source: 'box',
  tags: [],
  gpuNames: ['RTX 4090'],
  counts: { success: 4, failed: 0, timeout: 0, skipped: 0 },
  ...overrides,
})

/** A history outside of the components under test, in memory: newest first, filters left aside, deletions that can be undone. */
export interface FakeHistory {
  readonly history: TelemetryCore['history']
  /** What was asked, newest last. */
  readonly asked: readonly RunQuery[]
  /** Adds runs as the recorder would: lists that are held count them as waiting. */
  arrive(...runs: readonly RunSummary[]): void
  /** Every answer waits until it is let go. */
  hold(): void
  letGo(): void
  wrapper(props: { readonly children: ReactNode }): ReactNode
}

export function fakeHistory(
  initial: readonly RunSummary[],
  overrides: Partial<RunHistory> = {},
  files: Partial<TelemetryCore['files']> = {},
): FakeHistory {
  const revision = createStore({ revision: 0 })
  const hidden = new Map<string, ReadonlySet<string>>()
  const asked: RunQuery[] = []
  let runs: readonly RunSummary[] = [...initial]
  let waiters: (() => void)[] | null = null
  const change = (): void => revision.set({ revision: revision.getSnapshot().revision + 1 })
  const turn = (): Promise<void> =>
    new Promise((resolve) => (waiters === null ? resolve() : waiters.push(resolve)))
  const arrived = (asOf: number): readonly RunSummary[] => {
    if (hidden.size === 0 && asOf === runs.length) return runs
    const gone = new Set([...hidden.values()].flatMap((ids) => [...ids]))
    return runs.slice(runs.length - asOf).filter(({ runId }) => !gone.has(runId))
  }
  const hide = (ids: readonly string[], { token = `token-${hidden.size}` }: { token?: string } = {}) => {
    hidden.set(token, new Set([...(hidden.get(token) ?? []), ...ids]))
    change()
    return Promise.resolve({ token, count: ids.length })
  }
  const history: Partial<RunHistory> & Pick<TelemetryCore['history'], 'sourceLabels'> = {
    async queryRuns(query = {}) {
      asked.push(query)
      await turn()
      query.signal?.throwIfAborted()
      const { offset = 0, limit = Infinity, asOf = runs.length } = query
      const all = arrived(asOf)
      const page = all.slice(offset, offset + limit)
      return { runs: page, total: all.length, asOf, waiting: runs.length - asOf }
    },
    runIds: ({ offset = 0, limit = Infinity, asOf = runs.length } = {}) =>
      Promise.resolve(
        arrived(asOf)
          .slice(offset, offset + limit)
          .map(({ runId }) => runId),
      ),
    statistics: () => Promise.resolve(STATISTICS),
    trend: () => Promise.resolve(TREND),
    verdicts: () => Promise.resolve(new Map()),
    chart: () => new Promise(() => undefined),
    tags: () => Promise.resolve([{ tag: 'night', count: 34 }]),
    tagRuns: (ids) => Promise.resolve({ token: 'tags', count: ids.length }),
    deleteRuns: hide,
    deletions: () =>
      Promise.resolve({
        newest: [...hidden].reverse().map(([token, ids]) => deletionOf(token, ids, runs)),
        older: 0,
      }),
    restore(token, { limit = Infinity } = {}) {
      const ids = [...(hidden.get(token) ?? [])]
      const rest = ids.slice(Math.min(limit, ids.length))
      if (rest.length === 0) hidden.delete(token)
      else hidden.set(token, new Set(rest))
      change()
      return Promise.resolve(ids.length - rest.length)
    },
    storage: () =>
      Promise.resolve({
        mode: 'indexeddb',
        origin: 'http://gpu-box:8188',
        runs: runs.length,
        usage: 310 * 2 ** 20,
        quota: 10 * 2 ** 30,
        persisted: true,
      }),
    ...PRESETS,
    facets: () => Promise.resolve(FACETS),
    matches: () => Promise.resolve([]),
    maintenance: createStore(null),
    sourceLabels: () => Promise.resolve([]),
    subscribe: revision.subscribe,
    getSnapshot: revision.getSnapshot,
    ...overrides,
  }
  const telemetry = {
    history,
    files,
    presets: createPresetBook(PRESETS, Promise.reject(new Error('not open')), () => 1),
    realtime: createStore({ scenes: new Map() }),
    servers: { ...createStore([]), realtimeOf: () => undefined, home: 'box' },
  } as unknown as TelemetryCore
  return {
    history: telemetry.history,
    asked,
    arrive(...more) {
      runs = [...more, ...runs]
      change()
    },
    hold: () => void (waiters = []),
    letGo() {
      const held = waiters ?? []
      waiters = null
      for (const resolve of held) resolve()
    },
    wrapper: ({ children }) => (
      <TelemetryProvider telemetry={telemetry}>
        <ToastProvider>{children}</ToastProvider>
      </TelemetryProvider>
    ),
  }
}

function deletionOf(token: string, ids: ReadonlySet<string>, runs: readonly RunSummary[]): RecentDeletion {
  const firstName = runs.find(({ runId }) => ids.has(runId))?.runName
  const deletedAt = Date.UTC(2026, 10, 14, 12)
  const until = deletedAt + 7 * 86_400_000
  return { token, deletedAt, until, runs: ids.size, ...(firstName === undefined ? {} : { firstName }) }
}

/** Views are kept by the page alone. */
const PRESETS = { presets: () => Promise.resolve([]), changePresets: () => Promise.resolve() }

const FACETS: Facets = {
  status: [
    { value: 'success', count: 300 },
    { value: 'failed', count: 12 },
  ],
  exitReason: [{ value: 'outOfMemory', count: 12 }],
  gpuModel: [
    { value: 'RTX 4090', count: 200 },
    { value: 'RTX 3090', count: 112 },
  ],
  tag: Array.from({ length: 30 }, (_, i) => ({ value: `tag-${i}`, count: 30 - i })),
  source: [],
  storyId: [{ value: 'night', count: 40 }],
  workflow: [],
  duration: [
    { from: 40_000, to: 63_000, count: 10 },
    { from: 63_000, to: 100_000, count: 30 },
    { from: 100_000, to: 158_000, count: 5 },
  ],
}

const NOTHING = { n: 0 }
const STATISTICS: HistoryStatistics = {
  runs: 312,
  scenes: 1_240,
  excludedCached: 6,
  byMetric: {
    duration: { n: 1_240, p50: 80_000 },
    successRate: { n: 312, avg: 0.92 },
    gpuVramFree: NOTHING,
    gpuUtilization: NOTHING,
    attempts: NOTHING,
    queueWait: NOTHING,
  },
}
const TREND: Trend = {
  metric: 'duration',
  points: [],
  n: 312,
  verdict: 'worse',
  changePoints: [
    {
      runId: 'run-9',
      timestamp: Date.UTC(2026, 10, 12, 12),
      ratio: 1.31,
      low: 1.2,
      high: 1.43,
      p: 0.001,
      differs: ['driver 570'],
    },
  ],
}
