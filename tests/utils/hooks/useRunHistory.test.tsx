// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HistoricalRun, RunPage, RunQuery } from '../../../types'
import { useRunHistory } from '../../../utils/hooks'
import { fakeHistory, summaryOf } from '../../helpers/fakeHistory'
import { startLiveTelemetry, type LiveTelemetry } from '../../helpers/liveTelemetry'

afterEach(cleanup)

describe('the saved runs, from a history', () => {
  let live: LiveTelemetry
  beforeEach(() => void (live = startLiveTelemetry('ws://localhost:9871/telemetry')))
  afterEach(async () => live.close())

  const run = (index: number): HistoricalRun => ({
    runId: `run-${index}`,
    timestamp: Date.UTC(2026, 10, 1 + index),
    fallbackCount: 0,
    scenes: [
      { sceneId: 'a', attempts: 1, status: 'success', exitReason: 'success', duration: 80_000 + index },
    ],
  })

  it('come with their figures, and again when one was saved', async () => {
    await live.telemetry.history.saveRuns([run(1), run(2)])
    const { result } = renderHook(() => useRunHistory(), { wrapper: live.wrapper })
    await waitFor(() => expect(result.current.statistics?.runs).toBe(2), { timeout: 5_000 })
    expect(result.current.runs.map(({ runId }) => runId)).toEqual(['run-2', 'run-1'])
    expect(result.current.trend?.verdict).toBe('cannot tell')
    await act(() => live.telemetry.history.saveRun(run(3)))
    await waitFor(() => expect(result.current.total).toBe(3), { timeout: 5_000 })
    await waitFor(() => expect(result.current.statistics?.runs).toBe(3), { timeout: 5_000 })
    expect((await result.current.compare('run-3')).current.runId).toBe('run-3')
  })

  it('are removed with a way back, and annotated', async () => {
    await live.telemetry.history.saveRuns([run(1), run(2)])
    const { result } = renderHook(() => useRunHistory(), { wrapper: live.wrapper })
    await waitFor(() => expect(result.current.total).toBe(2), { timeout: 5_000 })
    const { undo } = await act(() => result.current.remove(['run-1']))
    await waitFor(() => expect(result.current.total).toBe(1), { timeout: 5_000 })
    await act(undo)
    await waitFor(() => expect(result.current.total).toBe(2), { timeout: 5_000 })
    await act(() => result.current.annotate('run-1', { runName: 'Bridge' }))
    await waitFor(() => expect(result.current.runs.at(-1)?.runName).toBe('Bridge'), { timeout: 5_000 })
  })
})

describe('late answers', () => {
  it('never take the place of newer ones, and their questions are aborted', async () => {
    const asked: { readonly query: RunQuery; answer(page: RunPage): void }[] = []
    const { wrapper } = fakeHistory([], {
      queryRuns: (query = {}) => new Promise((answer) => asked.push({ query, answer })),
    })
    const { result, rerender } = renderHook((text: string) => useRunHistory({ filter: { text } }), {
      wrapper,
      initialProps: 'a',
    })
    rerender('ab')
    expect(asked[0]?.query.signal?.aborted).toBe(true)
    const page = (total: number) => ({ runs: [summaryOf(total)], total, asOf: 1, waiting: 0 })
    await act(async () => asked[1]?.answer(page(2)))
    await act(async () => asked[0]?.answer(page(1)))
    expect(result.current.total).toBe(2)
    expect(result.current.loading).toBe(false)
  })

  it('that fail say why, and the last runs stay', async () => {
    const fake = fakeHistory([summaryOf(0)])
    const queryRuns = vi.fn(fake.history.queryRuns)
    const { wrapper } = fakeHistory([summaryOf(0)], { queryRuns })
    const { result } = renderHook(() => useRunHistory(), { wrapper })
    await waitFor(() => expect(result.current.total).toBe(1))
    queryRuns.mockRejectedValueOnce(new Error('The database is closed.'))
    act(() => result.current.refresh())
    await waitFor(() => expect(result.current.error).toBe('The database is closed.'))
    expect(result.current.runs).toHaveLength(1)
  })
})
