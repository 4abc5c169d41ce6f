// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactElement } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HistoryPage } from '../../../components/history/HistoryPage'
import { Toasts } from '../../../components/ui/Toasts'
import type { TelemetryCore } from '../../../services/createTelemetry'
import type { RunHistory } from '../../../types'
import { useFileToasts } from '../../../utils/hooks'
import { fakeHistory, summaryOf, type FakeHistory } from '../../helpers/fakeHistory'

beforeEach(() => {
  localStorage.clear()
  location.hash = '#/history'
  // happy-dom lays nothing out: the table is as high as ten rows and its head.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(396)
  vi.stubGlobal('innerWidth', 1_440)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const runsOf = (count: number) => Array.from({ length: count }, (_, i) => summaryOf(i))
/** What the frame of the pages does for long work. */
function FileToasts(): null {
  useFileToasts()
  return null
}
async function open(
  fake: FakeHistory,
  props: Parameters<typeof HistoryPage>[0] = {},
  around: ReactElement | null = null,
) {
  render(
    <>
      <HistoryPage {...props} />
      {around}
      <Toasts />
    </>,
    fake,
  )
  const grid = await screen.findByRole('grid', { name: 'Saved runs' })
  await within(grid).findByRole('row', { name: /^Run 0,/ })
  return { grid, user: userEvent.setup() }
}
const activeCell = (grid: HTMLElement): HTMLElement | null =>
  document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')
const box = (index: number): HTMLInputElement =>
  screen.getByRole('checkbox', { name: new RegExp(`^Select Run ${index},`) })
const bar = (): HTMLElement => screen.getByRole('group', { name: 'Selected runs' })

describe('the table of all runs', () => {
  it('says how long it is, where each row is, and draws only what is seen', async () => {
    const { grid } = await open(fakeHistory(runsOf(100_000)))
    expect(grid.getAttribute('aria-rowcount')).toBe('100001')
    const row = within(grid).getByRole('row', { name: /^Run 3, .*4 of 4 scenes$/ })
    expect(row.getAttribute('aria-rowindex')).toBe('5')
    expect(within(grid).getAllByRole('row').length).toBeLessThan(40)
    expect(within(row).getByRole('link', { name: 'Run 3' }).getAttribute('href')).toBe('#/run/run-3')
  })

  it('does not call completed, nor faster without a word more, what failed in part', async () => {
    const counts = { success: 2, failed: 2, timeout: 0, skipped: 0 }
    const { grid } = await open(fakeHistory([summaryOf(0, { counts, storyId: 'run-0' }), summaryOf(1)]))
    const row = within(grid).getByRole('row', { name: /^Run 0, .*2 of 4 scenes, 2 failed$/ })
    expect(within(row).getByText('2 failed')).toBeTruthy()
    expect(within(row).queryByText('completed')).toBeNull()
    expect(within(row).queryByText('run-0')).toBeNull()
  })

  it('is one stop for Tab, and the arrows go through its cells', async () => {
    const { grid, user } = await open(fakeHistory(runsOf(50)))
    act(() => grid.focus())
    expect(activeCell(grid)?.textContent).toContain('Run 0')
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}')
    expect(activeCell(grid)?.textContent).toBe('completed')
    expect(document.activeElement).toBe(grid)
    await user.tab()
    expect(grid.contains(document.activeElement)).toBe(false)
    await user.tab({ shift: true })
    expect(document.activeElement).toBe(grid)
  })

  it('sorts by a head, says so, and writes it into the address', async () => {
    const fake = fakeHistory(runsOf(50))
    const { grid, user } = await open(fake)
    expect(screen.getByRole('columnheader', { name: 'When' }).getAttribute('aria-sort')).toBe('descending')
    const before = history.length
    await user.click(screen.getByRole('button', { name: 'Avg scene' }))
    expect(location.hash).toBe('#/history?sort=-averageDuration&v=1')
    expect(history.length).toBe(before)
    await waitFor(() => expect(fake.asked.at(-1)?.sort).toEqual({ by: 'averageDuration', direction: 'desc' }))
    act(() => grid.focus())
    await user.keyboard('{Enter}')
    expect(location.hash).toBe('#/history?sort=averageDuration&v=1')
    expect(screen.getByRole('columnheader', { name: 'Avg scene' }).getAttribute('aria-sort')).toBe(
      'ascending',
    )
  })

  it('opens a run by Enter and picks it by Space', async () => {
    const { grid, user } = await open(fakeHistory(runsOf(50)))
    act(() => grid.focus())
    await user.keyboard('{ArrowDown} ')
    expect(box(1).checked).toBe(true)
    const clicked = vi.fn((event: Event) => event.preventDefault())
    screen.getByRole('link', { name: 'Run 1' }).addEventListener('click', clicked)
    await user.keyboard('{Enter}')
    expect(clicked).toHaveBeenCalledOnce()
  })

  it('moves by j and k and picks by x from anywhere on the page, unless keys are off', async () => {
    const { grid, user } = await open(fakeHistory(runsOf(50)))
    await user.keyboard('jjkx')
    expect(document.activeElement).toBe(grid)
    expect(box(1).checked).toBe(true)
    cleanup()
    localStorage.setItem('gemdirect1-telemetry.keys', 'off')
    await open(fakeHistory(runsOf(50)))
    await user.keyboard('x')
    expect(box(0).checked).toBe(false)
  })

  it('fetches what is scrolled to, and holds its place meanwhile', async () => {
    const fake = fakeHistory(runsOf(1_000))
    const { grid } = await open(fake)
    fake.hold()
    grid.scrollTop = 500 * 36
    fireEvent.scroll(grid)
    const waiting = await within(grid).findAllByRole('row', { name: 'Still being read' })
    expect(waiting.length).toBeGreaterThan(9)
    await act(async () => fake.letGo())
    expect(await within(grid).findByRole('row', { name: /^Run 500,/ })).toBeTruthy()
    expect(fake.asked.at(-1)?.limit).toBe(100)
  })

  it('filters by a click on a value, and leaves it out with Alt', async () => {
    const onFilterValue = vi.fn()
    const { user } = await open(fakeHistory([summaryOf(0, { tags: ['night'] })]), { onFilterValue })
    const tag = screen.getByRole('button', { name: 'night' })
    await user.click(tag)
    fireEvent.click(tag, { altKey: true })
    expect(onFilterValue.mock.calls).toEqual([
      ['tag', 'night', false],
      ['tag', 'night', true],
    ])
  })

  it('remembers the columns that were chosen', async () => {
    const fake = fakeHistory(runsOf(5))
    const { user } = await open(fake)
    expect(screen.getByRole('columnheader', { name: 'Fallbacks' })).toBeTruthy()
    await user.click(screen.getByRole('checkbox', { name: 'Fallbacks', hidden: true }))
    expect(screen.queryByRole('columnheader', { name: 'Fallbacks' })).toBeNull()
    cleanup()
    await open(fake)
    expect(screen.queryByRole('columnheader', { name: 'Fallbacks' })).toBeNull()
  })
})

describe('files of the table', () => {
  const downloads: { readonly name: string; readonly blob: Blob }[] = []
  beforeEach(() => {
    downloads.length = 0
    let last = new Blob()
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      if (blob instanceof Blob) last = blob
      return 'blob:x'
    })
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      downloads.push({ name: this.download, blob: last })
    })
  })
  const exporting = () =>
    vi.fn<TelemetryCore['files']['exportHistory']>(() =>
      Promise.resolve({ blob: new Blob(['{}']), fileName: 'runs.json' }),
    )
  const openWith = (exportHistory: TelemetryCore['files']['exportHistory']) =>
    open(fakeHistory(runsOf(50), {}, { exportHistory }), {}, <FileToasts />)

  it('are CSV as it stands: its order, its columns, without what waits', async () => {
    const fake = fakeHistory(runsOf(50))
    const { user } = await open(fake, {}, <FileToasts />)
    await user.click(screen.getByRole('checkbox', { name: 'When', hidden: true }))
    await user.click(screen.getByRole('button', { name: 'Avg scene' }))
    await waitFor(() => expect(fake.asked.at(-1)?.sort?.by).toBe('averageDuration'))
    act(() => fake.arrive(summaryOf(-1)))
    await screen.findByRole('button', { name: '1 new run, show' })
    await user.click(screen.getByRole('button', { name: 'Export this table as CSV' }))
    // What writes tables is loaded with the first.
    await screen.findByText(/^Saved gemdirect1-telemetry-runs-.*\.csv/, {}, { timeout: 10_000 })
    expect(fake.asked.at(-1)).toMatchObject({
      asOf: 50,
      sort: { by: 'averageDuration', direction: 'desc' },
    })
    const [head, ...lines] = ((await downloads[0]?.blob.text()) ?? '').trim().split('\r\n')
    expect(head).toMatch(/^Story,Status,Scenes completed,Scenes,"Avg scene, s"/)
    expect(lines.map((line) => line.split(',')[0])).toEqual(runsOf(50).map(({ runName }) => runName))
  })

  it('are in a menu where there is no room for their buttons', async () => {
    const exportHistory = exporting()
    const { user } = await openWith(exportHistory)
    const menu = within(screen.getByRole('dialog', { name: 'More', hidden: true }))
    expect(menu.getByRole('button', { name: 'The table as CSV', hidden: true })).toBeTruthy()
    await user.click(menu.getByRole('button', { name: '50 runs as JSON', hidden: true }))
    expect(exportHistory.mock.lastCall?.[0]).toMatchObject({ format: 'json', query: { asOf: 50 } })
  })

  it('are JSON of all that match, or of those that are picked', async () => {
    const exportHistory = exporting()
    const { user } = await openWith(exportHistory)
    await user.click(screen.getByRole('button', { name: 'Export 50 runs as JSON' }))
    expect(await screen.findByText(/^Saved runs\.json/)).toBeTruthy()
    expect(exportHistory.mock.lastCall?.[0]).toMatchObject({
      format: 'json',
      query: { filter: {}, sort: { by: 'timestamp', direction: 'desc' }, asOf: 50 },
    })
    await user.click(box(0))
    await user.click(box(2))
    await user.click(within(bar()).getByRole('button', { name: 'Export' }))
    await waitFor(() => expect(exportHistory).toHaveBeenCalledTimes(2))
    expect(exportHistory.mock.lastCall?.[0].runIds).toEqual(['run-0', 'run-2'])
    await waitFor(() => expect(downloads.map(({ name }) => name)).toEqual(['runs.json', 'runs.json']))
  })

  it('are begun by the key e: those that are picked, else all', async () => {
    const exportHistory = exporting()
    const { user } = await openWith(exportHistory)
    await user.keyboard('e')
    await waitFor(() => expect(exportHistory.mock.lastCall?.[0].query).toMatchObject({ filter: {} }))
    await screen.findByText(/^Saved runs\.json/)
    await user.keyboard('xe')
    await waitFor(() => expect(exportHistory.mock.lastCall?.[0].runIds).toEqual(['run-0']))
  })

  it('say how far they are and can be given up; one is written at a time', async () => {
    const exportHistory = vi.fn<TelemetryCore['files']['exportHistory']>(({ onProgress, signal }) => {
      onProgress?.(0.4)
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    })
    const { user } = await openWith(exportHistory)
    await user.keyboard('e')
    expect(await screen.findByText(/^Writing 50 runs… 40.%$/)).toBeTruthy()
    const csv = screen.getByRole('button', { name: 'Export this table as CSV' })
    expect(csv.getAttribute('aria-disabled')).toBe('true')
    await user.keyboard('e')
    expect(exportHistory).toHaveBeenCalledOnce()
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(csv.getAttribute('aria-disabled')).toBe('false'))
    expect(screen.queryByText(/^Writing/)).toBeNull()
    expect(downloads).toEqual([])
  })

  it('say in a sentence why they could not be written', async () => {
    const { user } = await openWith(() => Promise.reject(new Error('The history was closed.')))
    await user.keyboard('e')
    expect(await screen.findByText('The history was closed.')).toBeTruthy()
  })

  it('are imported where there is no run yet', async () => {
    const importRuns = vi.fn<TelemetryCore['files']['importRuns']>((_, { dryRun = false } = {}) =>
      Promise.resolve({ added: 2, same: 0, merged: 0, conflicting: 0, invalid: [], dryRun }),
    )
    const fake = fakeHistory([], {}, { importRuns })
    render(
      <>
        <HistoryPage />
        <FileToasts />
        <Toasts />
      </>,
      fake,
    )
    await userEvent.upload(await screen.findByLabelText('Import…'), new File(['{}'], 'night.json'))
    expect(await screen.findByText('night.json: Would add 2 runs.')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Import 2 runs' }))
    await waitFor(() => expect(importRuns.mock.lastCall?.[1]?.dryRun).toBe(false))
    expect(await screen.findByText('night.json: Added 2 runs.')).toBeTruthy()
  })
})

describe('new runs', () => {
  it('wait behind a button and move nothing', async () => {
    const fake = fakeHistory(runsOf(50))
    const { grid, user } = await open(fake)
    act(() => fake.arrive(summaryOf(-2), summaryOf(-1)))
    const button = await screen.findByRole('button', { name: '2 new runs, show' })
    expect(
      within(grid)
        .getByRole('row', { name: /^Run 0,/ })
        .getAttribute('aria-rowindex'),
    ).toBe('2')
    await user.click(button)
    expect((await within(grid).findByRole('row', { name: /^Run -2,/ })).getAttribute('aria-rowindex')).toBe(
      '2',
    )
    expect(screen.queryByRole('button', { name: /new run/ })).toBeNull()
  })

  it('are in no figure and in no chart before they are in the table', async () => {
    const statistics = vi.fn<RunHistory['statistics']>(fakeHistory([]).history.statistics)
    const charts: (number | undefined)[] = []
    const chart: RunHistory['chart'] = ({ asOf }) => {
      charts.push(asOf)
      return new Promise(() => undefined)
    }
    const fake = fakeHistory(runsOf(50), { statistics, chart })
    const { user } = await open(fake)
    await screen.findByText('50 runs')
    act(() => fake.arrive(summaryOf(-1)))
    const button = await screen.findByRole('button', { name: '1 new run, show' })
    await waitFor(() => expect(statistics.mock.calls.length).toBeGreaterThan(1), { timeout: 5_000 })
    expect(new Set(statistics.mock.calls.map(([, asOf]) => asOf))).toEqual(new Set([50]))
    expect(charts.at(-1)).toBe(50)
    expect(screen.getByText('50 runs')).toBeTruthy()
    await user.click(button)
    expect(await screen.findByText('51 runs')).toBeTruthy()
    await waitFor(() => expect(statistics.mock.lastCall?.[1]).toBe(51))
    expect(charts.at(-1)).toBe(51)
  })

  it('are no runs that a filter leaves out', async () => {
    const fake = fakeHistory(runsOf(40))
    await open(fake, { filter: { text: 'x' } })
    act(() => fake.arrive(summaryOf(-1)))
    await screen.findByRole('button', { name: '1 new run, show' })
    expect(await screen.findByText('40 runs')).toBeTruthy()
    expect(screen.queryByText('40 of 41 runs')).toBeNull()
  })

  it('are shown at once where there were none', async () => {
    const fake = fakeHistory([])
    render(<HistoryPage />, fake)
    expect(await screen.findByRole('heading', { name: 'No runs yet' })).toBeTruthy()
    act(() => fake.arrive(summaryOf(0)))
    expect(await screen.findByRole('row', { name: /^Run 0,/ })).toBeTruthy()
  })
})

describe('picked runs', () => {
  it('are a range with Shift, though rows between are not here', async () => {
    const fake = fakeHistory(runsOf(1_000))
    const { grid, user } = await open(fake)
    await user.click(box(0))
    grid.scrollTop = 600 * 36
    fireEvent.scroll(grid)
    await within(grid).findByRole('row', { name: /^Run 600,/ })
    fireEvent.click(box(600), { shiftKey: true })
    expect(await screen.findByText('601 selected')).toBeTruthy()
  })

  it('can be all that match', async () => {
    const { user } = await open(fakeHistory(runsOf(1_000)))
    await user.click(screen.getByRole('checkbox', { name: 'Select all 1,000 runs' }))
    expect(await screen.findByText('1,000 selected')).toBeTruthy()
    await user.click(screen.getByRole('checkbox', { name: 'Select none' }))
    expect(screen.getByText('None selected')).toBeTruthy()
  })

  it('can be compared when they are two to six', async () => {
    const { user } = await open(fakeHistory(runsOf(50)))
    await user.click(box(0))
    const compare = within(bar()).getByRole('button', { name: 'Compare' })
    expect(compare.getAttribute('aria-disabled')).toBe('true')
    await user.click(box(2))
    await user.click(compare)
    expect(location.hash).toBe('#/compare?runs=run-0%2Crun-2')
  })

  it('are deleted with a way back', async () => {
    const { grid, user } = await open(fakeHistory(runsOf(50)))
    await user.click(box(0))
    await user.click(box(1))
    await user.keyboard('{Delete}')
    const messages = screen.getByRole('region', { name: 'Messages' })
    expect(await within(messages).findByText('Deleted 2 runs.')).toBeTruthy()
    await waitFor(() => expect(within(grid).queryByRole('row', { name: /^Run 0,/ })).toBeNull())
    await user.click(within(messages).getByRole('button', { name: 'Undo' }))
    expect(await within(messages).findByText('Restored 2 runs.')).toBeTruthy()
    expect(await within(grid).findByRole('row', { name: /^Run 0,/ })).toBeTruthy()
  })

  it('are selected again after Undo, all of a list that was emptied too', async () => {
    const { user } = await open(fakeHistory(runsOf(3)))
    await user.click(screen.getByRole('checkbox', { name: 'Select all 3 runs' }))
    await user.click(await within(bar()).findByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(screen.queryByRole('grid')).toBeNull())
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('3 selected')).toBeTruthy()
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /^Select Run 1,|^Run 1,/ }).checked).toBe(
      true,
    )
  })

  it('are left alone by Undo where another was selected meanwhile', async () => {
    const { grid, user } = await open(fakeHistory(runsOf(50)))
    await user.click(box(0))
    await user.click(box(1))
    await user.keyboard('{Delete}')
    await waitFor(() => expect(within(grid).queryByRole('row', { name: /^Run 0,/ })).toBeNull())
    await user.click(box(5))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('Restored 2 runs.')).toBeTruthy()
    expect(await within(grid).findByRole('row', { name: /^Run 0,/ })).toBeTruthy()
    expect(screen.getByText('1 selected')).toBeTruthy()
  })

  it('say how far a long deletion is, and what was done when it breaks off', async () => {
    let calls = 0
    const deleteRuns: RunHistory['deleteRuns'] = (ids) =>
      ++calls === 2
        ? Promise.reject(new Error('The disk is full.'))
        : Promise.resolve({ token: 'a', count: ids.length })
    const { user } = await open(fakeHistory(runsOf(1_500), { deleteRuns }))
    await user.click(screen.getByRole('checkbox', { name: 'Select all 1,500 runs' }))
    await user.click(await within(bar()).findByRole('button', { name: 'Delete' }))
    expect(await screen.findByText('Deleted 1,000 runs, then: The disk is full.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy()
  })

  it('are one deletion, however many they are, and come back together', async () => {
    const fake = fakeHistory(runsOf(2_500))
    const { user } = await open(fake)
    await user.click(screen.getByRole('checkbox', { name: 'Select all 2,500 runs' }))
    await user.click(await within(bar()).findByRole('button', { name: 'Delete' }))
    expect(await screen.findByText('Deleted 2,500 runs.')).toBeTruthy()
    expect((await fake.history.deletions()).newest.map(({ runs }) => runs)).toEqual([2_500])
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('Restored 2,500 runs.')).toBeTruthy()
    expect((await fake.history.deletions()).newest).toEqual([])
  })

  it('are tagged and untagged together', async () => {
    const tagRuns = vi.fn<RunHistory['tagRuns']>(() => Promise.resolve({ token: 't', count: 2 }))
    const { user } = await open(fakeHistory(runsOf(50), { tagRuns }))
    await user.click(box(0))
    await user.click(box(1))
    await user.click(within(bar()).getByRole('button', { name: 'Tag…' }))
    const dialog = screen.getByRole('dialog', { name: 'Tag 2 runs' })
    expect((await within(dialog).findByRole('listitem')).textContent).toBe('nightAddTake off')
    await user.type(within(dialog).getByRole('textbox'), 'bridge, chase ,bridge')
    await user.click(within(dialog).getByRole('button', { name: 'Take off night' }))
    await user.click(within(dialog).getByRole('button', { name: 'Apply' }))
    expect(tagRuns).toHaveBeenCalledWith(['run-0', 'run-1'], { add: ['bridge', 'chase'], remove: ['night'] })
    expect(await screen.findByText('Tagged 2 runs.')).toBeTruthy()
  })

  it('are tagged by the keyboard alone: what is typed after the key is the tag', async () => {
    const tagRuns = vi.fn<RunHistory['tagRuns']>(() => Promise.resolve({ token: 't', count: 1 }))
    const { user } = await open(fakeHistory(runsOf(50), { tagRuns }))
    await user.click(box(0))
    await user.keyboard('t')
    await user.keyboard('bridge{Enter}')
    expect(tagRuns).toHaveBeenCalledWith(['run-0'], { add: ['bridge'], remove: [] })
  })

  it('leave the keyboard in the table when they are tagged or deleted, and Ctrl+Z takes that back', async () => {
    const { grid, user } = await open(fakeHistory(runsOf(50)))
    await user.click(box(0))
    act(() => grid.blur())
    await user.keyboard('t')
    await user.keyboard('bridge{Enter}')
    await waitFor(() => expect(document.activeElement).toBe(grid))
    await user.click(within(bar()).getByRole('button', { name: 'Delete' }))
    expect(await screen.findByText('Deleted 1 run.')).toBeTruthy()
    expect(document.activeElement).toBe(grid)
    await user.keyboard('{Control>}z{/Control}')
    expect(await screen.findByText('Restored 1 run.')).toBeTruthy()
    expect(screen.queryByText('Deleted 1 run.')).toBeNull()
  })

  it('are let go when the filter is another one', async () => {
    const fake = fakeHistory(runsOf(50))
    const page = (text: string) => (
      <fake.wrapper>
        <HistoryPage filter={{ text }} />
      </fake.wrapper>
    )
    const { rerender } = render(page('a'))
    await screen.findByRole('row', { name: /^Run 0,/ })
    await userEvent.click(box(0))
    expect(screen.getByText('1 selected')).toBeTruthy()
    rerender(page('b'))
    expect(screen.getByText('None selected')).toBeTruthy()
    rerender(page('a'))
    expect(screen.getByText('None selected')).toBeTruthy()
  })

  it('are still picked when one comes back from another page, unless that was another filter', async () => {
    const fake = fakeHistory(runsOf(50))
    const { user } = await open(fake)
    await user.click(box(0))
    await user.click(box(2))
    cleanup()
    await open(fake)
    expect(screen.getByText('2 selected')).toBeTruthy()
    expect(box(2).checked).toBe(true)
    cleanup()
    await open(fake, { filter: { tags: ['night'] } })
    expect(screen.getByText('None selected')).toBeTruthy()
  })
})

describe('the page', () => {
  it('says in a line what matches and since when it is slower', async () => {
    await open(fakeHistory(runsOf(40)), { filter: { text: 'x' } })
    expect(await screen.findByText('40 runs')).toBeTruthy()
    expect(await screen.findByText(/^92.% success$/)).toBeTruthy()
    expect(screen.getByText(/^slower since/).getAttribute('title')).toContain('driver 570')
    expect(screen.getByRole('link', { name: /^storage 310.MB, kept$/ }).getAttribute('href')).toBe(
      '#/settings/storage',
    )
  })

  it('names what it could not read of a link', async () => {
    location.hash = '#/history?cols=when,colour&bogus=1'
    await open(fakeHistory(runsOf(5)))
    expect(
      screen.getByText(
        '2 parts of this link were left out: `bogus`: this page knows no such part. The column `colour`: there is none of this name.',
      ),
    ).toBeTruthy()
  })

  it('offers to reset a filter that nothing matches', async () => {
    const onResetFilter = vi.fn()
    const none: RunHistory['queryRuns'] = () => Promise.resolve({ runs: [], total: 0, asOf: 5, waiting: 0 })
    const fake = fakeHistory(runsOf(5), { queryRuns: none })
    render(
      <HistoryPage filter={{ text: 'x' }} onResetFilter={onResetFilter} emptyHint={<p>gpu: removes 5.</p>} />,
      fake,
    )
    expect(await screen.findByRole('heading', { name: 'No run matches' })).toBeTruthy()
    expect(screen.getByText('gpu: removes 5.')).toBeTruthy()
    expect(screen.getByText('0 of 5 runs')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Reset' }))
    expect(onResetFilter).toHaveBeenCalledOnce()
  })

  it('says of the runs of another filter that they are earlier ones', async () => {
    const fake = fakeHistory(runsOf(50))
    const page = (tag: string) => (
      <fake.wrapper>
        <HistoryPage filter={{ tags: [tag] }} />
      </fake.wrapper>
    )
    const { rerender } = render(page('a'))
    await screen.findByRole('row', { name: /^Run 0,/ })
    fake.hold()
    rerender(page('b'))
    expect(screen.getByRole('grid').getAttribute('aria-busy')).toBe('true')
    expect(screen.getByRole('banner').getAttribute('aria-busy')).toBe('true')
    act(() => fake.letGo())
    await waitFor(() => expect(screen.getByRole('banner').getAttribute('aria-busy')).toBeNull())
  })

  it('says why the runs cannot be read, and tries again', async () => {
    const fake = fakeHistory(runsOf(5))
    const queryRuns = vi.fn(fake.history.queryRuns)
    queryRuns.mockRejectedValueOnce(new Error('The database is closed.'))
    render(<HistoryPage />, fakeHistory(runsOf(5), { queryRuns }))
    expect((await screen.findByRole('alert')).textContent).toContain('The database is closed.')
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('row', { name: /^Run 0,/ })).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
