// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { HistoricalTelemetryCard } from '../../components/HistoricalTelemetryCard'
import { compareRuns } from '../../services/comparison/compareRuns'
import type { RunComparison } from '../../types'
import { buildAttempt, buildRun, buildScene, ENVIRONMENT, FIRST_AT } from '../helpers/buildRun'

afterEach(cleanup)

const against = (earlier: number, duration = 80_000): RunComparison =>
  compareRuns(
    buildRun(0, duration),
    Array.from({ length: earlier }, (_, i) => buildRun(i + 1, 60_000 + (i % 7) * 1_000)),
  )
const row = (name: string): HTMLElement => screen.getByRole('row', { name: new RegExp(`^${name}`) })

describe('a run against the earlier ones', () => {
  it('says first how it compares, in the words that the runs bear', () => {
    render(<HistoricalTelemetryCard value={against(34)} />)
    expect(screen.getByText(/slower than all 34 like runs \(by chance alone: 1 in 35\)/)).toBeTruthy()
  })

  it('has a row for each figure, with what is usual, and reads out the judgement', () => {
    render(<HistoricalTelemetryCard value={against(34)} />)
    const duration = within(row('Scene duration'))
    expect(duration.getByText(/^1.m 20.s$/)).toBeTruthy()
    expect(
      duration.getByText(/Scene duration: 1\.\d times the usual, slower than all 34 like runs, worse/),
    ).toBeTruthy()
    expect(duration.getByText('against the fastest and slowest of 34')).toBeTruthy()
    expect(within(row('Tries a scene')).getByText('not tested')).toBeTruthy()
    expect(screen.getAllByRole('row')).toHaveLength(5)
  })

  it('says of a run that goes on that its rate is so far, and of how many scenes', () => {
    const run = { ...buildRun(0), status: 'running', sceneCount: 7 } as const
    render(<HistoricalTelemetryCard value={compareRuns(run, [buildRun(1)])} />)
    const ended = run.scenes.length
    expect(within(row('Success rate')).getByText(new RegExp(`^100.% so far, ${ended} of 7$`))).toBeTruthy()
    expect(within(row('Scene duration')).queryByText(/so far/)).toBeNull()
  })

  it('does not judge where it cannot: it says how many more runs it takes', () => {
    render(<HistoricalTelemetryCard value={against(6)} />)
    expect(screen.getAllByText(/cannot tell yet: 3 more runs needed/).length).toBeGreaterThan(0)
    expect(screen.queryByText(/slower/)).toBeNull()
  })

  it('without earlier runs says what would be compared, and shows its own figures', () => {
    render(<HistoricalTelemetryCard value={against(0)} />)
    expect(screen.getByText(/No earlier run is like it/)).toBeTruthy()
    expect(screen.queryByRole('toolbar')).toBeNull()
    expect(document.body.textContent?.match(/cannot tell|not known|No earlier run/g)).toHaveLength(1)
    expect(within(row('Free VRAM')).getByText(/^8\.0.GB$/)).toBeTruthy()
  })

  it('says of what was not measured that it was not, never 0 or NaN', () => {
    const { averageDuration: _, gpuAverageFree: __, ...bare } = buildRun(0)
    const { container } = render(
      <HistoricalTelemetryCard value={compareRuns({ ...bare, scenes: [], sceneCount: 0 }, [buildRun(1)])} />,
    )
    expect(within(row('Scene duration')).getByText('not measured')).toBeTruthy()
    expect(container.textContent).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('says what failed before how long the rest took, and that it is the rest', () => {
    const { current, ...rest } = against(34)
    const [first, ...others] = current.scenes
    const scenes = [...(first ? [{ ...first, status: 'failed' as const }] : []), ...others]
    render(<HistoricalTelemetryCard value={{ ...rest, current: { ...current, scenes } }} />)
    const [failures, speed] = screen.getAllByText(/of (the )?\d of 3 scenes|scenes completed/)
    expect(failures?.textContent).toBe('2 of 3 scenes completed, 1 failed')
    expect(speed?.closest('p')?.textContent).toMatch(/slower .*, of the 2 of 3 scenes that completed$/)
  })

  it('says that a ratio is scene by scene where the averages beside it say something else', () => {
    const sceneOf = (steps: number, duration: number) =>
      buildScene(`scene-${steps}`, [
        buildAttempt(`scene-${steps}`, FIRST_AT, duration, { environment: { ...ENVIRONMENT, steps } }),
      ])
    const runOf = (hoursAgo: number, short: number, long: number) =>
      buildRun(hoursAgo, 0, {
        scenes: [sceneOf(20, short), sceneOf(50, long)],
        averageDuration: (short + long) / 2,
        sceneCount: 2,
      })
    const earlier = Array.from({ length: 20 }, (_, i) => runOf(i + 1, 10_000 + i, 1_000_000 + i))
    render(<HistoricalTelemetryCard value={compareRuns(runOf(0, 20_000, 900_000), earlier)} />)
    expect(screen.getByText(/^slower scene by scene than all 20 like runs|1\.34× slower scene/)).toBeTruthy()
    const duration = row('Scene duration')
    expect(duration.textContent).toMatch(/7.m 40.s8.m 25.s1\.34× slower scene by scene/)
    expect(screen.getByText(/in an average long scenes weigh more\.$/)).toBeTruthy()
  })

  it('does not judge a run that goes on', () => {
    const { current, ...rest } = against(34)
    render(<HistoricalTelemetryCard value={{ ...rest, current: { ...current, status: 'running' } }} />)
    expect(screen.getByText('still running: compared when it has ended')).toBeTruthy()
    expect(document.body.textContent).not.toMatch(/slower|faster/)
    expect(screen.queryByRole('columnheader', { name: 'Against like runs' })).toBeNull()
  })

  it('keeps its place while it is not known, and says why when it cannot be', () => {
    render(<HistoricalTelemetryCard value={undefined} />)
    expect(screen.getByRole('region', { name: 'Against earlier runs' }).getAttribute('aria-busy')).toBe(
      'true',
    )
    cleanup()
    render(<HistoricalTelemetryCard value={undefined} error="The history is closed." />)
    expect(screen.getByRole('alert').textContent).toBe('The history is closed.')
  })

  it('marks its title where the data is simulated', () => {
    render(<HistoricalTelemetryCard value={against(3)} isSimulated />)
    expect(screen.getByRole('heading', { name: 'Simulated: Against earlier runs' })).toBeTruthy()
  })
})

describe('the earlier runs over time', () => {
  it('name each run with how this one went from it, by sign and word', () => {
    render(<HistoricalTelemetryCard value={against(3)} />)
    const marks = within(screen.getByRole('toolbar', { name: 'Earlier runs' })).getAllByRole('button')
    expect(marks).toHaveLength(3)
    expect(marks[2]?.getAttribute('aria-label')).toMatch(
      /^Night 1, .*: 1 minute 0 seconds a scene, \+20.s: this run took longer$/,
    )
  })

  it('are one tab stop; arrows, Home and End move, Enter opens', async () => {
    const onOpenRun = vi.fn()
    render(<HistoricalTelemetryCard value={against(4)} onOpenRun={onOpenRun} />)
    await userEvent.tab()
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Night 1,/)
    await userEvent.keyboard('{ArrowLeft}')
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Night 2,/)
    await userEvent.keyboard('{Home}{Enter}')
    expect(onOpenRun).toHaveBeenCalledWith('run-4')
    await userEvent.tab()
    expect(document.activeElement).toBe(document.body)
  })

  it('are the newest fifty', () => {
    render(<HistoricalTelemetryCard value={against(120)} />)
    expect(within(screen.getByRole('toolbar')).getAllByRole('button')).toHaveLength(50)
  })
})
