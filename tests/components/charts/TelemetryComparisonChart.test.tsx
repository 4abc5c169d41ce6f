// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { TelemetryComparisonChart } from '../../../components/TelemetryComparisonChart'
import type { RatesChart, TelemetryChart } from '../../../types'
import { durationChart, FIRST_AT, gpuPoint, groupOf, pointAt } from '../../utils/charts/builders'

// The chart's code is loaded with the first.
configure({ asyncUtilTimeout: 10_000 })
afterEach(cleanup)

const points = async (): Promise<HTMLElement> => screen.findByRole('slider', { name: /^Points of/ })
const RATES: RatesChart = {
  kind: 'rates',
  by: 'gpuName',
  runs: 8,
  groups: [groupOf('RTX 4090', 20, 18), groupOf('RTX 3090', 8, 4)],
}

describe('a chart’s states', () => {
  it('is a skeleton while its series is read', () => {
    const { container } = render(<TelemetryComparisonChart value={undefined} title="Durations" />)
    expect(container.firstElementChild?.getAttribute('aria-busy')).toBe('true')
    expect(screen.getByText('Durations')).toBeTruthy()
    expect(screen.queryByRole('figure')).toBeNull()
  })

  it.each<[string, TelemetryChart, RegExp]>([
    ['durations', durationChart(0), /No run here yet/],
    ['rates', { ...RATES, runs: 0, groups: [] }, /No run with an ended scene/],
    ['GPUs', { kind: 'gpu', scenes: 0, points: [], isThinned: false }, /No scene with its GPU measured/],
  ])('of no %s is a sentence without axes', async (_, value, sentence) => {
    render(<TelemetryComparisonChart value={value} />)
    expect(await screen.findByText(sentence)).toBeTruthy()
    expect(screen.queryByRole('slider')).toBeNull()
    expect(screen.queryByRole('button', { name: 'PNG' })).toBeNull()
  })

  it('of one run shows the point with its value and cannot tell yet', async () => {
    render(<TelemetryComparisonChart value={durationChart(1)} />)
    const figure = await screen.findByRole('figure', { name: /^Duration of 1 run\./ })
    await points()
    expect(
      within(figure).getByText('1 m 20 s', { normalizer: (text) => text.replaceAll('\u202f', ' ') }),
    ).toBeTruthy()
    expect(within(figure).getByText(/cannot tell yet: 7 more runs needed/)).toBeTruthy()
  })

  it('says filter, number and what is simulated in its caption', async () => {
    render(<TelemetryComparisonChart value={durationChart(9)} filterText="9 of 4,120 runs" isSimulated />)
    const figure = await screen.findByRole('figure')
    expect(within(figure).getByText(/^9 runs · .* · 9 of 4,120 runs$/)).toBeTruthy()
    expect(within(figure).getByText('Simulated:')).toBeTruthy()
  })
})

describe('a chart by keyboard', () => {
  it('is walked by arrows, tells each point, and opens it with Enter', async () => {
    const onOpenRun = vi.fn()
    render(<TelemetryComparisonChart value={durationChart(5)} onOpenRun={onOpenRun} />)
    const slider = await points()
    fireEvent.keyDown(slider, { key: 'ArrowLeft' })
    expect(slider.getAttribute('aria-valuenow')).toBe('5')
    fireEvent.keyDown(slider, { key: 'ArrowLeft' })
    expect(slider.getAttribute('aria-valuetext')).toMatch(
      /a scene, .*median.*, 4 scenes measured, Enter opens$/,
    )
    fireEvent.keyDown(slider, { key: 'Enter' })
    expect(onOpenRun).toHaveBeenCalledWith('run-3', undefined)
    fireEvent.keyDown(slider, { key: 'Escape' })
    expect(slider.getAttribute('aria-valuenow')).toBe('0')
  })

  it('is brushed with Shift and arrows, and shows all again when asked', async () => {
    const onZoom = vi.fn()
    render(<TelemetryComparisonChart value={durationChart(6)} onZoom={onZoom} />)
    const slider = await points()
    fireEvent.keyDown(slider, { key: 'End' })
    for (let step = 0; step < 2; step++) fireEvent.keyDown(slider, { key: 'ArrowLeft', shiftKey: true })
    expect(onZoom).not.toHaveBeenCalled()
    fireEvent.keyUp(slider, { key: 'Shift' })
    expect(onZoom).toHaveBeenCalledExactlyOnceWith({ from: pointAt(3).at, to: pointAt(5).at })
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }))
    expect(onZoom).toHaveBeenLastCalledWith(null)
    expect(screen.queryByRole('button', { name: 'Show all' })).toBeNull()
  })

  it('offers the runs of a stretch that was brushed, and points at none of another chart', async () => {
    const onOnly = vi.fn()
    render(<TelemetryComparisonChart value={durationChart(6)} onZoom={vi.fn()} onOnly={onOnly} />)
    const slider = await points()
    fireEvent.keyDown(slider, { key: 'End' })
    fireEvent.keyDown(slider, { key: 'ArrowLeft', shiftKey: true })
    expect(screen.queryByRole('button', { name: 'Filter to this time' })).toBeNull()
    fireEvent.keyUp(slider, { key: 'Shift' })
    expect(slider.getAttribute('aria-valuenow')).toBe('0')
    await userEvent.click(screen.getByRole('button', { name: 'Filter to this time' }))
    expect(onOnly).toHaveBeenCalledExactlyOnceWith({ from: pointAt(4).at, to: pointAt(5).at })
  })

  it('picks a group, and leaves it out with the Alt key', async () => {
    const onFilterValue = vi.fn()
    render(<TelemetryComparisonChart value={RATES} onFilterValue={onFilterValue} />)
    const slider = await points()
    fireEvent.keyDown(slider, { key: 'Home' })
    fireEvent.keyDown(slider, { key: 'Enter' })
    fireEvent.keyDown(slider, { key: 'Enter', altKey: true })
    expect(onFilterValue.mock.calls).toEqual([
      ['gpu', 'RTX 4090', false],
      ['gpu', 'RTX 4090', true],
    ])
  })

  it('reaches each change point by a flag of its own, with what it rests on', async () => {
    const change = {
      runId: 'run-6',
      timestamp: pointAt(6).at,
      ratio: 1.3,
      low: 1.2,
      high: 1.4,
      p: 0.01,
      differs: ['driver 570'],
    }
    render(<TelemetryComparisonChart value={durationChart(12, { changePoints: [change] })} />)
    const flag = await screen.findByRole('button', {
      name: /^1\.30× slower from .*driver 570\. 95 % interval 1\.20–1\.40×, p 0\.010/,
    })
    fireEvent.focus(flag)
    expect(screen.getByText('Changed there: driver 570')).toBeTruthy()
  })
})

describe('a chart’s parts', () => {
  it('has a table of the same rows in its place, units in the heads', async () => {
    const value = durationChart(3, {
      unmeasured: [{ runId: 'u', at: FIRST_AT }],
      unmeasuredCount: 1,
      marks: [{ kind: 'failed', runId: 'run-1', sceneId: 'scene-002', at: FIRST_AT, value: 20_000 }],
      markCount: { failed: 1, timeout: 0 },
    })
    render(<TelemetryComparisonChart value={value} />)
    const button = await screen.findByRole('button', { name: 'Table' })
    await userEvent.click(button)
    expect(button.getAttribute('aria-pressed')).toBe('true')
    const table = screen.getByRole('table')
    expect(within(table).getByRole('columnheader', { name: 'Duration, s' })).toBeTruthy()
    expect(within(table).getAllByRole('row')).toHaveLength(6)
    expect(within(table).getByRole('row', { name: /scene-002 20\.0 1 failed/ })).toBeTruthy()
    expect(screen.queryByRole('slider')).toBeNull()
  })

  it('has a legend that hides a series from the eye and from the keys', async () => {
    const value: TelemetryChart = {
      kind: 'gpu',
      scenes: 3,
      points: [gpuPoint(0), gpuPoint(1), gpuPoint(2, { gpuName: 'A100' })],
      isThinned: false,
    }
    render(<TelemetryComparisonChart value={value} />)
    const slider = await points()
    expect(slider.getAttribute('aria-valuemax')).toBe('3')
    const key = within(screen.getByRole('list', { name: 'Legend' })).getByRole('button', { name: /RTX 4090/ })
    await userEvent.click(key)
    expect(key.getAttribute('aria-pressed')).toBe('false')
    expect(slider.getAttribute('aria-valuemax')).toBe('1')
  })

  it('offers a log scale only where the greatest is over 20 times the median, and names it on the axis', async () => {
    const calm = render(<TelemetryComparisonChart value={durationChart(9)} />)
    await points()
    expect(screen.queryByRole('button', { name: 'Log scale' })).toBeNull()
    calm.unmount()
    const points8 = durationChart(8).points
    render(
      <TelemetryComparisonChart
        value={durationChart(9, { points: [...points8, pointAt(8, { value: 1_700_000 })] })}
      />,
    )
    await userEvent.click(await screen.findByRole('button', { name: 'Log scale' }))
    expect(screen.getByText('log scale')).toBeTruthy()
  })

  it('folds many groups and shows them when asked', async () => {
    const groups = Array.from({ length: 40 }, (_, i) => groupOf(`policy ${i}`, 40 - i))
    render(<TelemetryComparisonChart value={{ kind: 'rates', by: 'policy', runs: 100, groups }} />)
    const slider = await points()
    expect(slider.getAttribute('aria-valuemax')).toBe('12')
    expect(screen.getByText(/^28 smaller groups folded away/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'All 40 groups' }))
    expect(slider.getAttribute('aria-valuemax')).toBe('40')
  })
})
