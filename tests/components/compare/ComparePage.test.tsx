// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ComparePage } from '../../../components/compare/ComparePage'
// Loaded on demand there; here it must not be waited for.
import '../../../components/compare/RunTraceCharts'
import type { GpuReading, GpuTrace, HistoricalRun } from '../../../types'
import { useHashRoute } from '../../../utils/hooks'
import { buildAttempt, buildRun, buildScene, ENVIRONMENT } from '../../helpers/buildRun'
import { startLiveTelemetry, type LiveTelemetry } from '../../helpers/liveTelemetry'

let live: LiveTelemetry
beforeEach(async () => {
  live = startLiveTelemetry('ws://localhost:9883/telemetry')
  await live.telemetry.ready
})
afterEach(async () => {
  cleanup()
  await live.close()
  location.hash = ''
})

const Page = () => <ComparePage query={useHashRoute().query} />

async function open(hash: string, runs: readonly HistoricalRun[]): Promise<void> {
  await live.telemetry.history.saveRuns(runs)
  location.hash = hash
  render(<Page />, live)
}
const figures = (): Promise<HTMLElement> => screen.findByRole('table', { name: 'Figures' })
const columns = (table: HTMLElement): readonly (string | undefined)[] =>
  within(table)
    .getAllByRole('columnheader')
    .slice(1)
    .map((head) => within(head).getByRole('link').textContent ?? undefined)
const withDriver = (run: HistoricalRun, gpuDriver: string): HistoricalRun => ({
  ...run,
  scenes: run.scenes.map(({ sceneId }, i) =>
    buildScene(sceneId, [
      buildAttempt(sceneId, run.timestamp + i * 100_000, 80_000, {
        environment: { ...ENVIRONMENT, gpuDriver },
      }),
    ]),
  ),
})

describe('runs side by side', () => {
  it('are told how to be chosen where there are none', async () => {
    await open('#/compare', [])
    expect(await screen.findByRole('heading', { name: 'Nothing to compare yet' })).toBeTruthy()
  })

  it('have a column each, the base first, with what may be said of the others', async () => {
    await open('#/compare?runs=run-0,run-1&base=run-1', [buildRun(0, 120_000), buildRun(1)])
    const table = await figures()
    expect(columns(table)).toEqual(['Night 1', 'Night 0'])
    const [base, held] = within(within(table).getByRole('row', { name: /^Scene duration/ })).getAllByRole(
      'cell',
    )
    expect(base?.textContent).toMatch(/^1.m 20.s$/)
    expect(held?.textContent).toMatch(/^2.m 00.s.*1\.50×/)
    expect(within(table).getByText('6 scenes of both, alike')).toBeTruthy()
  })

  it('are told apart in a sentence first: what failed, and whether it was slower', async () => {
    const [first, ...others] = buildRun(1, 120_000).scenes
    const scenes = [...(first ? [{ ...first, status: 'failed' as const }] : []), ...others]
    await open('#/compare?runs=run-0,run-1', [buildRun(0), { ...buildRun(1), scenes }])
    const findings = await screen.findByRole('list', { name: 'What differs' })
    expect(findings.textContent).toContain('B Night 1:1 of 3 scenes failed, 0 of 3 in A')
    expect(findings.textContent).toMatch(/1\.50× as long as A: cannot tell: each run needs 4 scenes alike/)
    expect(document.body.textContent).not.toMatch(/more runs? needed/)
  })

  it('that ran out of time are not said to have failed', async () => {
    const [first, ...others] = buildRun(1).scenes
    const scenes = [...(first ? [{ ...first, status: 'timeout' as const }] : []), ...others]
    await open('#/compare?runs=run-0,run-1', [buildRun(0), { ...buildRun(1), scenes }])
    const findings = await screen.findByRole('list', { name: 'What differs' })
    expect(findings.textContent).toContain('1 of 3 scenes timed out, 0 of 3 in A')
  })

  it('say where no scene of theirs is alike', async () => {
    const other = buildRun(1, 80_000)
    const scenes = other.scenes.map(({ sceneId }) =>
      buildScene(sceneId, [
        buildAttempt(sceneId, other.timestamp, 80_000, { environment: { ...ENVIRONMENT, steps: 50 } }),
      ]),
    )
    await open('#/compare?runs=run-0,run-1', [buildRun(0), { ...other, scenes }])
    expect((await screen.findAllByText('cannot tell: no scenes alike')).length).toBeGreaterThan(0)
  })

  it('keep the base first in any order, and let another be it', async () => {
    const runs = [buildRun(0, 90_000), buildRun(1, 60_000), buildRun(2, 70_000)]
    await open('#/compare?runs=run-0,run-1,run-2&base=run-0', runs)
    await userEvent.selectOptions(
      await screen.findByRole('combobox', { name: 'Order' }),
      'the base, then fastest first',
    )
    expect(columns(await figures())).toEqual(['Night 0', 'Night 1', 'Night 2'])
    const steps = history.length
    await userEvent.click(screen.getByRole('button', { name: 'Make base: C Night 2' }))
    expect(location.hash).toContain('base=run-2')
    expect(history.length).toBe(steps + 1)
    await waitFor(async () => expect(columns(await figures())).toEqual(['Night 2', 'Night 1', 'Night 0']))
  })

  it('can be taken out; without its base the next is it', async () => {
    await open('#/compare?runs=run-0,run-1,run-2&base=run-0', [buildRun(0), buildRun(1), buildRun(2)])
    await userEvent.click(await screen.findByRole('button', { name: 'Remove A Night 0' }))
    await waitFor(async () => expect(columns(await figures())).toEqual(['Night 1', 'Night 2']))
    expect(location.hash).toContain('base=run-1')
  })

  it('show only what differs when that is asked, and count the rest', async () => {
    await open('#/compare?runs=run-0,run-1', [withDriver(buildRun(0), '570'), withDriver(buildRun(1), '565')])
    expect(await screen.findByRole('row', { name: /^ComfyUI/ })).toBeTruthy()
    await userEvent.click(screen.getByRole('checkbox', { name: 'Only differences' }))
    expect(location.hash).toContain('diff=1')
    expect(screen.queryByRole('row', { name: /^ComfyUI/ })).toBeNull()
    expect(screen.getByRole('row', { name: /^Driver.*570.*565/ })).toBeTruthy()
    expect(screen.getByText(/settings are the same in all and left out/)).toBeTruthy()
  })

  it('beyond the sixth are left out, and it is said how many are shown', async () => {
    const runs = Array.from({ length: 8 }, (_, i) => buildRun(i))
    await open(`#/compare?runs=${runs.map(({ runId }) => runId).join(',')}`, runs)
    expect(columns(await figures())).toHaveLength(6)
    expect(
      screen.getByText(/^6 of the 8 runs of this link are shown: no more fit side by side\.$/),
    ).toBeTruthy()
  })

  it('that are not in the history are counted', async () => {
    await open('#/compare?runs=run-0,gone', [buildRun(0)])
    expect(await screen.findByText('1 run of this link is not in this history.')).toBeTruthy()
  })
})

/** A reading a second for 20 s of each scene, `free` GB of 24; none between the seconds of `gap`. */
const tracesOf = (
  run: HistoricalRun,
  free: number,
  rest: Partial<GpuReading>,
  gap: readonly [number, number] = [0, 0],
): readonly GpuTrace[] =>
  run.scenes
    .flatMap(({ attemptLog = [] }) => attemptLog)
    .map(({ promptId = '', startedAt = 0 }) => ({
      source: 'box',
      promptId,
      points: Array.from({ length: 20 }, (_, i) => i)
        .filter((i) => i <= gap[0] || i >= gap[1])
        .map((i) => ({
          at: startedAt + i * 1_000,
          gpus: [{ index: 0, vramFree: free * GIGABYTE, vramTotal: 24 * GIGABYTE, ...rest }],
        })),
      gaps: [],
    }))
const GIGABYTE = 2 ** 30

describe('their GPUs', () => {
  const vram = (): Promise<HTMLElement> =>
    screen.findByRole('figure', { name: /^Free VRAM of/ }, { timeout: 5_000 })

  async function openTraced(rest: Partial<GpuReading> = {}): Promise<HTMLElement> {
    const [a, b, c] = [buildRun(0), buildRun(1), buildRun(2)]
    await live.telemetry.history.saveRuns([a, b, c])
    await live.telemetry.history.saveTraces([...tracesOf(a, 8, rest), ...tracesOf(b, 6, rest, [4, 12])])
    await open('#/compare?runs=run-0,run-1,run-2&base=run-1', [a, b, c])
    return vram()
  }

  it('are one chart, the base named first, and say of which run nothing was read', async () => {
    const chart = await openTraced()
    expect(within(chart).getByText(/^Least: A 6\.0.GB, B 8\.0.GB$/)).toBeTruthy()
    const names = within(within(chart).getByRole('list', { name: 'Legend' })).getAllByRole('button')
    expect(names.map(({ textContent }) => textContent)).toEqual([
      'A Night 1 (base)3 scenes',
      'B Night 03 scenes',
    ])
    expect(screen.getByText('No readings were saved of C Night 2.')).toBeTruthy()
    expect(screen.getByText('Busy, Power, Temperature: not measured.')).toBeTruthy()
  })

  it('say at each moment what every run had, and where one was not read', async () => {
    const slider = within(await openTraced()).getByRole('slider')
    const told = (): string => slider.getAttribute('aria-valuetext') ?? ''
    slider.focus()
    await userEvent.keyboard('{Home}')
    expect(told()).toMatch(/^0 since the start, A Night 1: 6\.0.GB, B Night 0: 8\.0.GB$/)
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}')
    expect(told()).toMatch(/A Night 1: not measured, B Night 0: 8\.0.GB$/)
  })

  it('are marked at the same moment in every chart while one of them is pointed at', async () => {
    const chart = await openTraced({ utilization: 90 })
    const other = screen.getByRole('figure', { name: /^Busy of/ })
    const crosshair = (): string | undefined =>
      other.querySelector<HTMLElement>('.tele-chart-crosshair')?.style.left
    const slider = within(chart).getByRole('slider')
    slider.focus()
    await userEvent.keyboard('{Home}')
    expect(crosshair()).toBe('32px')
    await userEvent.keyboard('{ArrowRight}')
    expect(Number.parseFloat(crosshair() ?? '')).toBeGreaterThan(32)
    slider.blur()
    await waitFor(() => expect(crosshair()).toBeUndefined())
  })

  it('leave out a run that its key hides, from the line to what is told', async () => {
    const chart = await openTraced()
    await userEvent.click(within(chart).getByRole('button', { name: /^B Night 0/ }))
    const slider = within(chart).getByRole('slider')
    slider.focus()
    await userEvent.keyboard('{Home}')
    expect(slider.getAttribute('aria-valuetext')).toMatch(/A Night 1: 6\.0.GB$/)
  })

  it('are a table as well, a column for each run', async () => {
    const chart = await openTraced()
    await userEvent.click(within(chart).getByRole('button', { name: 'Table' }))
    const table = within(chart).getByRole('table')
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['Since the start', 'A Night 1, GB', 'B Night 0, GB'])
    expect(within(table).getByRole('row', { name: '0 6.0 8.0' })).toBeTruthy()
  })

  it('are not drawn where nothing was saved of them', async () => {
    await open('#/compare?runs=run-0,run-1', [buildRun(0), buildRun(1)])
    expect(await screen.findByText('No readings were saved of any of them.')).toBeTruthy()
  })
})

describe('one run', () => {
  it('is held against what is usual, and says what changed', async () => {
    await open('#/compare?runs=run-0&base=auto', [
      withDriver(buildRun(0), '570'),
      ...Array.from({ length: 12 }, (_, i) => withDriver(buildRun(i + 1), '565')),
    ])
    expect(await within(await figures()).findByText('12 earlier runs like it')).toBeTruthy()
    expect(await screen.findByText(/Changed since: Driver 565 → 570\./)).toBeTruthy()
    expect(screen.getByRole('row', { name: /^Driver.*570.*565/ })).toBeTruthy()
    expect(screen.getByRole('columnheader', { name: '12 earlier runs like it' })).toBeTruthy()
    expect(screen.queryByText(/base/)).toBeNull()
  })
})
