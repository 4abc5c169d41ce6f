// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HistoryChart } from '../../../components/history/HistoryChart'
import type { ChartRequest, RatesChart, RunHistory, TelemetryChart } from '../../../types'
import { fakeHistory, summaryOf } from '../../helpers/fakeHistory'
import { durationChart, gpuPoint, groupOf } from '../../utils/charts/builders'

// The chart's code is loaded with the first.
configure({ asyncUtilTimeout: 10_000 })
beforeEach(() => {
  localStorage.clear()
  location.hash = '#/history'
  vi.stubGlobal('innerWidth', 1_440)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const GPUS: TelemetryChart = {
  kind: 'gpu',
  scenes: 3,
  points: [gpuPoint(0), gpuPoint(1, { gpuName: 'A100' }), gpuPoint(2, { gpuName: 'not known' })],
  isThinned: false,
}
const POLICY = {
  maxWaitSeconds: 600,
  maxAttempts: 2,
  pollIntervalSeconds: 2,
  postExecutionTimeoutSeconds: 30,
  sceneRetryBudget: 1,
  delayBetweenScenesSeconds: 0,
  batchSize: 0,
}
const KEYS: Readonly<Record<RatesChart['by'], string>> = {
  gpuName: 'RTX 4090',
  workflow: 'a'.repeat(64),
  model: 'film.safetensors',
  policy: JSON.stringify(POLICY),
  day: '2026-11-14',
}
const TITLES = {
  gpuName: 'by GPU',
  workflow: 'by workflow',
  model: 'by model',
  policy: 'by queue policy',
  day: 'by day',
}
function answerTo({ kind, by = 'gpuName' }: ChartRequest): TelemetryChart {
  if (kind === 'duration') return durationChart(9)
  if (kind === 'gpu') return GPUS
  return { kind, by, runs: 8, groups: [groupOf(KEYS[by], 20, 18), groupOf('', 8, 4)] }
}

function open(props: Partial<Parameters<typeof HistoryChart>[0]> = {}) {
  const asked: ChartRequest[] = []
  const waiting: (() => void)[] = []
  let isHeld = false
  // One method for three kinds of answer.
  const chart = (async (request: ChartRequest) => {
    asked.push(request)
    if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve))
    return answerTo(request)
  }) as unknown as RunHistory['chart']
  const fake = fakeHistory([summaryOf(0)], { chart })
  const whole = { filter: {}, filterText: '', ...props }
  const { rerender } = render(<HistoryChart {...whole} />, fake)
  return {
    asked,
    user: userEvent.setup(),
    filterBy: (next: Partial<typeof whole>) => rerender(<HistoryChart {...whole} {...next} />),
    hold: () => void (isHeld = true),
    letGo: () => waiting.splice(0).forEach((resolve) => resolve()),
  }
}
const tab = (name: string): HTMLElement => screen.getByRole('tab', { name })
const figure = (name: RegExp) => screen.findByRole('figure', { name })
const points = async (): Promise<HTMLElement> => screen.findByRole('slider', { name: /^Points of/ })

describe('the choice of chart', () => {
  it('shows and asks for the one that is chosen, and remembers which', async () => {
    const { asked, user } = open()
    await figure(/^Duration of 9 runs/)
    await user.click(tab('Success rates'))
    await figure(/^Success rate by GPU/)
    await user.click(tab('GPU'))
    await figure(/^Scene duration against free VRAM/)
    expect(asked.map(({ kind }) => kind)).toEqual(['duration', 'rates', 'gpu'])
    cleanup()
    open()
    await figure(/^Scene duration against free VRAM/)
    expect(tab('GPU').getAttribute('aria-selected')).toBe('true')
  })

  it('goes by the arrow keys', async () => {
    const { user } = open()
    await user.click(tab('Duration'))
    await user.keyboard('{ArrowRight}')
    await figure(/^Success rate by GPU/)
    expect(document.activeElement).toBe(tab('Success rates'))
  })

  it('asks for nothing while it is folded', async () => {
    localStorage.setItem('gemdirect1-telemetry.historyChart', 'folded')
    const { asked } = open()
    expect(screen.getByText('Charts')).toBeTruthy()
    expect(screen.queryByRole('tab')).toBeNull()
    expect(asked).toEqual([])
  })

  it('is of a grouping that is chosen and remembered', async () => {
    const { asked, user } = open()
    await user.click(tab('Success rates'))
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Grouped by' }), 'by day')
    await figure(/^Success rate by day/)
    expect(asked.at(-1)).toEqual({ kind: 'rates', filter: {}, by: 'day' })
    cleanup()
    open()
    await figure(/^Success rate by day/)
  })
})

describe('the filter of the page', () => {
  it('stands in the caption, with its chart: the last one stays until the next is read', async () => {
    const { user, filterBy, hold, letGo } = open({
      filterText: 'tag:a, 9 of 20 runs',
      filter: { tags: ['a'] },
    })
    await user.click(tab('Duration'))
    const chart = await figure(/^Duration of 9 runs/)
    expect(within(chart).getByText(/ · tag:a, 9 of 20 runs$/)).toBeTruthy()
    hold()
    filterBy({ filterText: 'tag:b, 4 of 20 runs', filter: { tags: ['b'] } })
    expect(within(chart).getByText(/ · tag:a, 9 of 20 runs$/)).toBeTruthy()
    letGo()
    await waitFor(() => expect(within(chart).getByText(/ · tag:b, 4 of 20 runs$/)).toBeTruthy())
  })

  it('shows all of its times, whatever was zoomed to before', async () => {
    const { asked, user, filterBy } = open()
    await user.click(tab('Duration'))
    await figure(/^Duration of 9 runs/)
    const slider = await points()
    fireEvent.keyDown(slider, { key: 'End' })
    fireEvent.keyDown(slider, { key: 'ArrowLeft', shiftKey: true })
    fireEvent.keyUp(slider, { key: 'Shift' })
    await screen.findByRole('button', { name: 'Show all' })
    await waitFor(() => expect(asked.at(-1)?.from).toBeTypeOf('number'))
    filterBy({ filter: { tags: ['b'] } })
    await waitFor(() => expect(asked.at(-1)).toEqual({ kind: 'duration', filter: { tags: ['b'] } }))
    expect(screen.queryByRole('button', { name: 'Show all' })).toBeNull()
  })
})

describe('what a chart shows', () => {
  it.each<[RatesChart['by'], string, string]>([
    ['gpuName', 'gpu', 'RTX 4090'],
    ['workflow', 'workflow', 'a'.repeat(64)],
    ['model', 'model', 'film.safetensors'],
    ['day', 'date', '2026-11-14'],
    [
      'policy',
      'policy',
      Object.entries(POLICY)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ],
  ])('filters by a group of %s, and leaves it out with Alt', async (by, field, value) => {
    const onFilterValue = vi.fn()
    const { user } = open({ onFilterValue })
    await user.click(tab('Success rates'))
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Grouped by' }), by)
    await figure(new RegExp(`^Success rate ${TITLES[by]}`))
    const slider = await points()
    fireEvent.keyDown(slider, { key: 'Home' })
    if (by === 'day') fireEvent.keyDown(slider, { key: 'End' })
    expect(slider.getAttribute('aria-valuetext')).toMatch(/Enter filters by it, with Alt leaves it out$/)
    fireEvent.keyDown(slider, { key: 'Enter' })
    fireEvent.keyDown(slider, { key: 'Enter', altKey: true })
    expect(onFilterValue.mock.calls).toEqual([
      [field, value, false],
      [field, value, true],
    ])
  })

  it('promises nothing of a group that no filter finds', async () => {
    const onFilterValue = vi.fn()
    const { user } = open({ onFilterValue })
    await user.click(tab('Success rates'))
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Grouped by' }), 'by GPU')
    await figure(/^Success rate by GPU/)
    const slider = await points()
    fireEvent.keyDown(slider, { key: 'End' })
    expect(slider.getAttribute('aria-valuetext')).toMatch(/8 scenes of 2 runs$/)
    fireEvent.keyDown(slider, { key: 'Enter' })
    expect(onFilterValue).not.toHaveBeenCalled()
  })

  it('filters by the GPU of a series by its name, and hides it by its sign', async () => {
    const onFilterValue = vi.fn()
    const { user } = open({ onFilterValue })
    await user.click(tab('GPU'))
    await figure(/^Scene duration against/)
    const slider = await points()
    await user.click(screen.getByRole('button', { name: 'A100' }))
    fireEvent.keyDown(screen.getByRole('button', { name: 'A100' }), { key: 'Enter', altKey: true })
    expect(onFilterValue.mock.calls).toEqual([
      ['gpu', 'A100', false],
      ['gpu', 'A100', true],
    ])
    await user.click(screen.getByRole('button', { name: 'Show A100' }))
    expect(slider.getAttribute('aria-valuemax')).toBe('2')
    expect(screen.queryByRole('button', { name: 'not known' })).toBeNull()
  })

  it('opens a scene’s run at the scene', async () => {
    const { user } = open()
    await user.click(tab('GPU'))
    await figure(/^Scene duration against/)
    const slider = await points()
    fireEvent.keyDown(slider, { key: 'Home' })
    fireEvent.keyDown(slider, { key: 'Enter' })
    expect(location.hash).toMatch(/^#\/run\/run-\d\?scene=scene-\d$/)
  })
})
