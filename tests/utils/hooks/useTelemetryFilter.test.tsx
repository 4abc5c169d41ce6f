// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HistoricalRun, RunPage, RunQuery } from '../../../types'
import { useTelemetryFilter } from '../../../utils/hooks'
import { fakeHistory, summaryOf } from '../../helpers/fakeHistory'
import { startLiveTelemetry, type LiveTelemetry } from '../../helpers/liveTelemetry'

beforeEach(() => {
  localStorage.clear()
  location.hash = '#/history'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})
const renderFilter = (fake = fakeHistory([summaryOf(0)])) => renderHook(() => useTelemetryFilter(), fake)

describe('text and filter', () => {
  it('are two views of one state', () => {
    const { result } = renderFilter()
    act(() => result.current.setQuery('status:failed  gpu:"RTX 4090"'))
    expect(result.current.filter).toEqual({ status: ['failed'], gpuModel: ['RTX 4090'] })
    expect(result.current.query).toBe('status:failed  gpu:"RTX 4090"')
    act(() => result.current.setFilter({ tags: ['night'], attempts: { min: 2 } }))
    expect(result.current.query).toBe('attempts:2.. tag:night')
    act(() => result.current.reset())
    expect(result.current).toMatchObject({ query: '', filter: {}, queryError: null })
  })

  it('keep the last good filter while the text cannot be read', () => {
    const { result } = renderFilter()
    act(() => result.current.setQuery('status:failed'))
    const { filter } = result.current
    act(() => result.current.setQuery('status:failed duration:>fast'))
    expect(result.current.filter).toBe(filter)
    expect(result.current.queryError).toMatchObject({
      position: 24,
      message: 'Cannot read `duration:>fast` at 25: a time such as 90s was expected.',
    })
    act(() => result.current.setQuery('status:failed '))
    expect(result.current.filter).toBe(filter)
    expect(result.current.queryError).toBeNull()
  })

  it('keep the last good filter while a pattern that is chosen cannot be run', () => {
    const { result } = renderFilter()
    act(() => result.current.setFilter({ status: ['failed'] }))
    act(() => result.current.setFilter({ errorPattern: '(?=x)' }))
    expect(result.current).toMatchObject({ query: 'error:/(?=x)/', filter: { status: ['failed'] } })
    expect(result.current.queryError?.message).toMatch(/without lookahead/)
    act(() => result.current.setFilter({ errorPattern: 'x' }))
    expect(result.current).toMatchObject({ filter: { errorPattern: 'x' }, queryError: null })
  })

  it('take back a word that turns out to be the name of a field', () => {
    const { result } = renderFilter()
    for (const text of ['tag:a g', 'tag:a gpu', 'tag:a gpu:']) act(() => result.current.setQuery(text))
    expect(result.current.filter).toEqual({ tags: ['a'] })
  })

  it('survive a reload, whatever is stored', () => {
    const first = renderFilter()
    act(() => first.result.current.setFilter({ status: ['failed'] }))
    expect(renderFilter().result.current.query).toBe('status:failed')
    localStorage.setItem('gemdirect1-telemetry.filter', 'status:failed ((( duration:>fast')
    expect(renderFilter().result.current.queryError).toBeNull()
  })

  it('live on where storage is denied', () => {
    const deny = (): never => {
      throw new DOMException('denied', 'SecurityError')
    }
    vi.stubGlobal('localStorage', { getItem: deny, setItem: deny, removeItem: deny })
    const { result } = renderFilter()
    act(() => result.current.setQuery('tag:night'))
    expect(result.current.filter).toEqual({ tags: ['night'] })
  })

  it('are one for all of a telemetry, but for who wants a private one', () => {
    const fake = fakeHistory([])
    const first = renderFilter(fake)
    const second = renderFilter(fake)
    const own = renderHook(() => useTelemetryFilter({ local: true, initial: { tags: ['mine'] } }), fake)
    act(() => first.result.current.setQuery('tag:night'))
    expect(second.result.current.query).toBe('tag:night')
    expect(own.result.current.query).toBe('tag:mine')
  })
})

describe('answers', () => {
  it('that come late never take the place of newer ones', async () => {
    const answers = new Map<string, (page: RunPage) => void>()
    const queryRuns = ({ filter, limit }: RunQuery = {}): Promise<RunPage> =>
      limit === 0
        ? Promise.resolve({ runs: [], total: 9, asOf: 0, waiting: 0 })
        : new Promise((resolve) => answers.set(filter?.text ?? '', resolve))
    const { result } = renderFilter(fakeHistory([], { queryRuns }))
    const answer = (text: string, total: number) => async () =>
      answers.get(text)?.({ runs: [summaryOf(total)], total, asOf: 0, waiting: 0 })
    act(() => result.current.setQuery('a'))
    await waitFor(() => expect(answers.has('a')).toBe(true))
    act(() => result.current.setQuery('ab'))
    await waitFor(() => expect(answers.has('ab')).toBe(true))
    await act(answer('ab', 2))
    await waitFor(() => expect(result.current).toMatchObject({ total: 2, unfiltered: 9, pending: false }))
    await act(answer('a', 1))
    expect(result.current.total).toBe(2)
    expect(result.current.results.map(({ runId }) => runId)).toEqual(['run-2'])
  })
})

describe('over a history', () => {
  let live: LiveTelemetry
  beforeEach(() => void (live = startLiveTelemetry('ws://localhost:9881/telemetry')))
  afterEach(async () => live.close())
  const run = (index: number, status: 'success' | 'failed'): HistoricalRun => ({
    runId: `run-${index}`,
    timestamp: Date.UTC(2026, 10, 1 + index),
    fallbackCount: 0,
    scenes: [{ sceneId: 'a', attempts: 1, status, gpuName: 'RTX 4090', duration: 80_000 }],
  })
  const start = async () => {
    await live.telemetry.history.saveRuns([run(1, 'success'), run(2, 'failed'), run(3, 'failed')])
    const hook = renderHook(() => useTelemetryFilter(), live)
    await waitFor(() => expect(hook.result.current.unfiltered).toBe(3), { timeout: 5_000 })
    return hook
  }

  it('finds what matches and counts what each choice would leave', async () => {
    const { result } = await start()
    act(() => result.current.setQuery('status:failed'))
    await waitFor(() => expect(result.current).toMatchObject({ total: 2, pending: false }), {
      timeout: 5_000,
    })
    expect(result.current.results.map(({ runId }) => runId)).toEqual(['run-3', 'run-2'])
    await waitFor(() => expect(result.current.facets?.gpuModel).toEqual([{ value: 'RTX 4090', count: 2 }]))
    expect(result.current.facets?.status).toEqual([
      { value: 'failed', count: 2 },
      { value: 'success', count: 1 },
    ])
  })

  it('saves a view, applies it, makes it the default, deletes it with a way back', async () => {
    const { result } = await start()
    act(() => result.current.setQuery('status:failed'))
    await act(() => result.current.savePreset('Failures'))
    await act(() => result.current.updatePreset('Failures', { name: 'Failed', isDefault: true }))
    act(() => result.current.reset())
    act(() => result.current.applyPreset('Failed'))
    expect(result.current.query).toBe('status:failed')
    const { undo } = await act(() => result.current.deletePreset('Failed'))
    expect(result.current.presets).toEqual([])
    await act(undo)
    expect(result.current.presets).toMatchObject([
      { name: 'Failed', filter: { status: ['failed'] }, isDefault: true },
    ])
    await expect(act(() => result.current.savePreset(''))).rejects.toThrow('A name of 1 to 100')
  })

  it('shares a link of filter, order and columns', async () => {
    location.hash = '#/history?sort=-averageDuration&cols=when,story'
    const { result } = await start()
    act(() => result.current.setQuery('after:2026-11-01 gpu:"RTX 4090"'))
    const { hash } = new URL(result.current.shareUrl)
    expect(hash).toMatch(
      /^#\/history\?q=gpu:%22RTX\+4090%22\+after:2026-1\d-\d\dT[^&]*&sort=-averageDuration&cols=when,story&v=1$/,
    )
  })
})
