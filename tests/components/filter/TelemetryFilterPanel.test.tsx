// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { TelemetryFilterPanel } from '../../../components/TelemetryFilterPanel'
import type { Facets, TelemetryFilter } from '../../../types'
import { queryText } from '../../../utils/filter/queryText'

const NOW = new Date(2026, 10, 14, 12).getTime()
const FACETS: Facets = {
  status: [
    { value: 'success', count: 300 },
    { value: 'failed', count: 12 },
  ],
  exitReason: [{ value: 'outOfMemory', count: 12 }],
  gpuModel: [
    { value: 'RTX 4090', count: 200 },
    { value: 'RTX 3090', count: 1 },
  ],
  tag: Array.from({ length: 30 }, (_, i) => ({ value: `tag-${i}`, count: 30 - i })),
  source: [],
  storyId: [],
  workflow: [],
  duration: [
    { from: 40_000, to: 63_000, count: 10 },
    { from: 63_000, to: 100_000, count: 30 },
    { from: 100_000, to: 158_000, count: 5 },
  ],
}
afterEach(cleanup)

/** The panel as a page has it; says what is asked for as a query. */
function open(initial: TelemetryFilter = {}, facets: Facets | null = FACETS) {
  let filter = initial
  function Host() {
    const [value, setValue] = useState(initial)
    filter = value
    return <TelemetryFilterPanel value={value} onChange={setValue} facets={facets} now={NOW} />
  }
  render(<Host />)
  return { query: () => queryText(filter), filter: () => filter, user: userEvent.setup() }
}
const group = (name: string) => within(screen.getByRole('group', { name }))

describe('lists of values', () => {
  it('ask for what is ticked and say how many runs each would leave', async () => {
    const { query, user } = open()
    await user.click(group('Status').getByRole('checkbox', { name: 'failed, 12 runs' }))
    await user.click(group('GPU').getByRole('checkbox', { name: 'RTX 3090, 1 run' }))
    expect(query()).toBe('status:failed gpu:"RTX 3090"')
    await user.click(group('Status').getByRole('checkbox', { name: /^timeout/ }))
    expect(query()).toBe('status:failed,timeout gpu:"RTX 3090"')
    await user.click(screen.getByRole('button', { name: 'Clear Status' }))
    expect(query()).toBe('gpu:"RTX 3090"')
  })

  it('say of a status that one scene of a run is enough', () => {
    open()
    expect(group('Status').getByText('Runs with any scene that ended so')).toBeTruthy()
  })

  it('have what is half typed only while it is asked for', () => {
    const panel = (value: TelemetryFilter) => (
      <TelemetryFilterPanel value={value} onChange={() => {}} facets={FACETS} now={NOW} />
    )
    const boxes = (): readonly (string | null)[] =>
      group('GPU')
        .getAllByRole('checkbox')
        .map((box) => box.getAttribute('aria-label'))
    const { rerender } = render(panel({ gpuModel: ['40'] }))
    expect(boxes()).toEqual(['RTX 4090, 200 runs', 'RTX 3090, 1 run', '40, 0 runs'])
    rerender(panel({ gpuModel: ['409'] }))
    expect(boxes()).toEqual(['RTX 4090, 200 runs', 'RTX 3090, 1 run', '409, 0 runs'])
    rerender(panel({}))
    expect(boxes()).toEqual(['RTX 4090, 200 runs', 'RTX 3090, 1 run'])
  })

  it('stay in their order when other counts come in: nothing moves that somebody is about to tap', () => {
    const labels = (): readonly string[] =>
      group('GPU')
        .getAllByRole('checkbox')
        .map((box) => box.getAttribute('aria-label') ?? '')
    const panel = (facets: Facets | null) => (
      <TelemetryFilterPanel value={{}} onChange={() => undefined} facets={facets} now={NOW} />
    )
    const { rerender } = render(panel(null))
    rerender(panel(FACETS))
    expect(labels()).toEqual(['RTX 4090, 200 runs', 'RTX 3090, 1 run'])
    const gpuModel = [
      { value: 'A100', count: 9 },
      { value: 'RTX 3090', count: 7 },
    ]
    rerender(panel({ ...FACETS, gpuModel }))
    expect(labels()).toEqual(['RTX 4090, 0 runs', 'RTX 3090, 7 runs', 'A100, 9 runs'])
  })

  it('exclude by Alt and a click, by Alt and Enter, and by a button; once more takes it back', async () => {
    const { query, user } = open()
    const failed = group('Status').getByRole('checkbox', { name: /^failed/ })
    fireEvent.click(failed, { altKey: true })
    expect(query()).toBe('-status:failed')
    expect(group('Status').getByRole('checkbox', { name: 'failed, excluded, 12 runs' })).toHaveProperty(
      'checked',
      false,
    )
    const not = group('Status').getByRole('button', { name: 'Exclude failed' })
    expect(not.getAttribute('aria-pressed')).toBe('true')
    await user.click(not)
    expect(query()).toBe('')
    failed.focus()
    await user.keyboard('{Alt>}{Enter}{/Alt}')
    expect(query()).toBe('-status:failed')
    await user.keyboard('{Enter}')
    expect(query()).toBe('status:failed')
  })

  it('begin with a few, go on by twelve, can be searched, and keep what is chosen in sight', async () => {
    const { user } = open({ tags: ['tag-29'] })
    const tags = group('Tags')
    expect(tags.getAllByRole('checkbox')).toHaveLength(7)
    expect(tags.getByRole('checkbox', { name: /^tag-29,/ })).toHaveProperty('checked', true)
    await user.click(tags.getByRole('button', { name: 'Show 12 more' }))
    expect(tags.getAllByRole('checkbox')).toHaveLength(19)
    await user.type(tags.getByRole('searchbox', { name: 'Find in Tags' }), 'tag-2')
    expect(tags.getAllByRole('checkbox')).toHaveLength(11)
  })

  it('leave out a field that no run has, and show a value that is asked for though none has it', async () => {
    open({ gpuModel: ['RTX 9999'] })
    expect(screen.queryByRole('group', { name: 'Workflow' })).toBeNull()
    expect(group('GPU').getByRole('checkbox', { name: 'RTX 9999, 0 runs' })).toHaveProperty('checked', true)
  })
})

describe('ranges', () => {
  it('of durations have two thumbs that say their time, and two fields', async () => {
    const { filter, user } = open()
    const shortest = screen.getByRole('slider', { name: 'Shortest duration' })
    const longest = screen.getByRole('slider', { name: 'Longest duration' })
    expect(shortest.getAttribute('aria-valuetext')).toBe('any')
    shortest.focus()
    await user.keyboard('{PageUp}')
    expect(filter().duration).toEqual({ min: 65_000 })
    expect(screen.getByRole('slider', { name: 'Shortest duration' }).getAttribute('aria-valuetext')).toBe(
      '1 minute 5 seconds',
    )
    longest.focus()
    await user.type(screen.getByRole('textbox', { name: 'At most' }), '1.5m{Enter}')
    expect(filter().duration).toEqual({ min: 65_000, max: 90_000 })
    expect(screen.getByRole('slider', { name: 'Longest duration' }).getAttribute('aria-valuetext')).toBe(
      '1 minute 30 seconds',
    )
  })

  it('of durations that nobody set stay open when other durations come in', () => {
    const panel = (duration: Facets['duration']) => (
      <TelemetryFilterPanel
        value={{}}
        onChange={() => undefined}
        facets={{ ...FACETS, duration }}
        now={NOW}
      />
    )
    const { rerender } = render(panel(FACETS.duration.slice(0, 1)))
    rerender(panel(FACETS.duration))
    expect(screen.getByRole('slider', { name: 'Longest duration' }).getAttribute('aria-valuetext')).toBe(
      'any',
    )
  })

  it('of durations keep the thumb that the keys move in hand', async () => {
    const { user } = open()
    screen.getByRole('slider', { name: 'Shortest duration' }).focus()
    await user.keyboard('{PageUp}')
    expect(document.activeElement).toBe(screen.getByRole('slider', { name: 'Shortest duration' }))
  })

  it('say what a bound could be when it is none, and change nothing', async () => {
    const { query, user } = open()
    const field = screen.getByRole('textbox', { name: 'At least' })
    await user.type(field, 'fast{Enter}')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText('A time such as 90s or 5m.')).toBeTruthy()
    expect(query()).toBe('')
    await user.keyboard('{Escape}')
    expect(field).toHaveProperty('value', '')
  })

  it('of attempts are two whole numbers', async () => {
    const { query, user } = open()
    await user.click(screen.getByRole('button', { name: 'Attempts' }))
    await user.type(screen.getByRole('textbox', { name: 'Attempts, at least' }), '2{Enter}')
    expect(query()).toBe('attempts:2..')
  })

  it('of dates come by one click, relative ones staying so, or as days that are both included', async () => {
    const { query, filter, user } = open()
    await user.click(screen.getByRole('button', { name: '7 days' }))
    expect(query()).toBe('after:-1w')
    expect(screen.getByRole('button', { name: '7 days' }).getAttribute('aria-pressed')).toBe('true')
    const to = screen.getByLabelText('To')
    fireEvent.change(to, { target: { value: '2026-11-10' } })
    fireEvent.blur(to)
    expect(filter().dateRange).toEqual({
      from: new Date(2026, 10, 7).getTime(),
      to: new Date(2026, 10, 11).getTime(),
    })
  })
})

describe('the rest', () => {
  it('of scenes there are too many to list: their ids are written, wildcards and lists included', async () => {
    const { query, user } = open()
    const field = screen.getByRole('textbox', { name: 'Scene id' })
    await user.type(field, 'scene-00*{Enter}')
    expect(query()).toBe('scene:scene-00*')
    await user.clear(field)
    await user.type(field, 'night shot{Enter}')
    expect(query()).toBe('scene:"night shot"')
  })

  it('shows all that is asked for as chips, each of which can be taken out', async () => {
    const { query, user } = open({
      status: ['failed'],
      expression: {
        or: [
          { field: 'gpu', op: 'is', value: 'a' },
          { field: 'tag', op: 'is', value: 'b' },
        ],
      },
    })
    const chips = within(screen.getByRole('list', { name: 'Filters in force' }))
    expect(chips.getAllByRole('listitem').map((each) => each.textContent)).toEqual([
      'status:failed',
      '(gpu:a OR tag:b)',
    ])
    await user.click(chips.getByRole('button', { name: 'Remove status:failed' }))
    expect(query()).toBe('gpu:a OR tag:b')
  })

  it('stands while nothing is counted yet', () => {
    open({ status: ['failed'] }, null)
    expect(group('Status').getByRole('checkbox', { name: 'failed' })).toHaveProperty('checked', true)
  })
})
