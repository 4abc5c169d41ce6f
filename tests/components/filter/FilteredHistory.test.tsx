// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FilteredHistory } from '../../../components/filter/FilteredHistory'
import { Toasts } from '../../../components/ui/Toasts'
import type { RunHistory, RunQuery } from '../../../types'
import { fakeHistory, summaryOf } from '../../helpers/fakeHistory'

beforeEach(() => {
  localStorage.clear()
  location.hash = '#/history?v=1'
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(396)
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('1280'),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const runs = Array.from({ length: 20 }, (_, i) => summaryOf(i, { tags: ['night'] }))
async function open(overrides: Partial<RunHistory> = {}) {
  const fake = fakeHistory(runs, overrides)
  render(
    <>
      <FilteredHistory />
      <Toasts />
    </>,
    fake,
  )
  await screen.findByRole('heading', { name: 'History' })
  return { fake, user: userEvent.setup() }
}
const field = (): HTMLInputElement => screen.getByRole<HTMLInputElement>('combobox', { name: 'Search runs' })
const options = (): readonly (string | null)[] => {
  const list = screen.queryByRole('listbox', { name: 'Suggestions' })
  return list
    ? within(list)
        .getAllByRole('option')
        .map((each) => each.textContent)
    : []
}
const panel = () => within(screen.getByRole('complementary', { name: 'Filters' }))

describe('the address', () => {
  it('changes in place while one types, and is a step back for what is chosen', async () => {
    const { user } = await open()
    const before = history.length
    await user.type(field(), 'status:failed')
    await waitFor(() => expect(location.hash).toBe('#/history?q=status:failed&v=1'))
    expect(history.length).toBe(before)
    await user.click(await panel().findByRole('checkbox', { name: /^RTX 3090/ }))
    await waitFor(() => expect(location.hash).toBe('#/history?q=status:failed+gpu:%22RTX+3090%22&v=1'))
    expect(history.length).toBe(before + 1)
    expect(field().value).toBe('status:failed gpu:"RTX 3090"')
  })

  it('is followed when it goes back', async () => {
    await open()
    act(() => {
      location.hash = '#/history?q=tag:night&v=1'
      dispatchEvent(new HashChangeEvent('hashchange'))
    })
    await waitFor(() => expect(field().value).toBe('tag:night'))
    act(() => {
      location.hash = '#/history?v=1'
      dispatchEvent(new HashChangeEvent('hashchange'))
    })
    await waitFor(() => expect(field().value).toBe(''))
  })

  it('that asks for nothing shows what was left, one that asks for all runs shows all', async () => {
    localStorage.setItem('gemdirect1-telemetry.filter', 'tag:night')
    location.hash = '#/history'
    await open()
    await waitFor(() => expect(location.hash).toBe('#/history?q=tag:night&v=1'))
    cleanup()
    location.hash = '#/history?v=1'
    await open()
    await waitFor(() => expect(field().value).toBe(''))
  })

  it('that asks for nothing shows the default view where nothing was left', async () => {
    const preset = { name: 'x', filter: { tags: ['night'] }, createdAt: 1, usedAt: 1, isDefault: true }
    localStorage.setItem('gemdirect1-telemetry.presets', JSON.stringify([preset]))
    location.hash = '#/history'
    await open()
    await waitFor(() => expect(field().value).toBe('tag:night'))
    expect(location.hash).toBe('#/history?q=tag:night&v=1')
  })

  it('that asks for nothing shows the default view under strict mode too, which begins every effect twice', async () => {
    const preset = { name: 'x', filter: { tags: ['night'] }, createdAt: 1, usedAt: 1, isDefault: true }
    localStorage.setItem('gemdirect1-telemetry.presets', JSON.stringify([preset]))
    location.hash = '#/history'
    render(<FilteredHistory />, { ...fakeHistory(runs), reactStrictMode: true })
    await waitFor(() => expect(field().value).toBe('tag:night'))
  })

  it('that was tampered with is read as far as it is valid, and says what it left out', async () => {
    location.hash = '#/history?q=status:failed+duration:%3Efast&cols=when,__proto__&v=2'
    await open()
    await waitFor(() => expect(field().value).toBe('status:failed'))
    const said = screen.getByText(/parts of this link were left out/).textContent
    expect(said).toContain('duration:>fast')
    expect(said).toContain('version 2')
  })
})

describe('the search field', () => {
  it('is reached by a slash from anywhere', async () => {
    const { user } = await open()
    await user.keyboard('/')
    expect(document.activeElement).toBe(field())
    expect(field().value).toBe('')
    await user.type(field(), 'rain{Escape}')
    await user.keyboard('/')
    expect([field().selectionStart, field().selectionEnd]).toEqual([0, 4])
  })

  it('completes fields and their values by the arrows and Enter', async () => {
    const { user } = await open()
    await user.type(field(), 'gp')
    expect(field().getAttribute('aria-expanded')).toBe('true')
    expect(options()[0]).toContain('gpu:')
    await user.keyboard('{ArrowDown}')
    const active = document.getElementById(field().getAttribute('aria-activedescendant') ?? '')
    expect(active?.getAttribute('aria-selected')).toBe('true')
    await user.keyboard('{Enter}')
    expect(field().value).toBe('gpu:')
    await waitFor(() => expect(options()[0]).toBe('"RTX 4090"200 runs'))
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(field().value).toBe('gpu:"RTX 3090" ')
    expect(field().getAttribute('aria-expanded')).toBe('false')
  })

  it('offers what was searched before, and closes by Escape before it leaves', async () => {
    const { user } = await open()
    await user.type(field(), 'tag:night{Enter}')
    await user.clear(field())
    expect(options()[0]).toBe('tag:nightsearched before')
    await user.keyboard('{Escape}')
    expect(options()).toEqual([])
    expect(document.activeElement).toBe(field())
    await user.keyboard('{Escape}')
    expect(document.activeElement).not.toBe(field())
  })

  it('says what cannot be read, where, and what was expected, once writing has paused', async () => {
    await open()
    vi.useFakeTimers()
    const write = (text: string): void => void fireEvent.change(field(), { target: { value: text } })
    const pass = (ms: number): void => act(() => void vi.advanceTimersByTime(ms))
    write('duration:>f')
    pass(500)
    write('duration:>fast')
    fireEvent.keyDown(field(), { key: 'Enter' })
    pass(500)
    expect(field().getAttribute('aria-invalid')).toBeNull()
    pass(100)
    const said = screen.getByText('Cannot read `duration:>fast` at 11: a time such as 90s was expected.')
    expect(field().getAttribute('aria-invalid')).toBe('true')
    expect(field().getAttribute('aria-describedby')).toBe(said.parentElement?.id)
  })

  it('has its chips in the order in which they were typed', async () => {
    const { user } = await open()
    await user.type(field(), 'out of memory')
    const chips = await screen.findByRole('list', { name: 'Filters in force' })
    expect(
      within(chips)
        .getAllByRole('listitem')
        .map((each) => each.textContent),
    ).toEqual(['out', 'of', 'memory'])
  })
})

describe('the filters beside the table', () => {
  it('are opened and gone into by f; f and Escape lead out again to where one was', async () => {
    localStorage.setItem('gemdirect1-telemetry.filterPanel', 'folded')
    const { user } = await open()
    const grid = screen.getByRole('grid')
    grid.focus()
    await user.keyboard('f')
    expect(document.activeElement).toBe(panel().getByRole('button', { name: 'Date' }))
    await user.keyboard('f')
    expect(screen.queryByRole('complementary', { name: 'Filters' })).toBeNull()
    expect(document.activeElement).toBe(grid)
    await user.keyboard('f{Escape}')
    expect(screen.queryByRole('complementary', { name: 'Filters' })).toBeNull()
    expect(document.activeElement).toBe(grid)
  })

  it('are gone into by f where they are open, and skipped by a button', async () => {
    const { user } = await open()
    await user.keyboard('f')
    expect(document.activeElement).toBe(panel().getByRole('button', { name: 'Date' }))
    await user.click(panel().getByRole('button', { name: 'Skip to the runs' }))
    expect(document.activeElement).toBe(screen.getByRole('grid'))
  })

  it('give up what is being written before they close by Escape', async () => {
    const { user } = await open()
    const scene = panel().getByRole('textbox', { name: 'Scene id' })
    await user.type(scene, 'x{Escape}')
    expect(scene).toHaveProperty('value', '')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('complementary', { name: 'Filters' })).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Filters' }))
  })
})

describe('what the page does with the filter', () => {
  it('asks for the same runs in the table and the figures', async () => {
    const statistics = vi.fn<RunHistory['statistics']>(() => new Promise(() => undefined))
    const { fake, user } = await open({ statistics })
    await user.type(field(), 'tag:night')
    const filter = { tags: ['night'] }
    await waitFor(() => expect(fake.asked.at(-1)?.filter).toEqual(filter))
    await waitFor(() => expect(statistics).toHaveBeenLastCalledWith(filter, expect.any(Number)))
  })

  it('shows what was searched for best first, says so, and takes another order', async () => {
    const { fake, user } = await open()
    const best = (): HTMLElement | null => screen.queryByRole('button', { name: 'Best matches first' })
    const sort = () => fake.asked.findLast(({ limit }) => limit !== 0)?.sort
    expect(best()).toBeNull()
    await user.type(field(), 'harbour')
    await waitFor(() => expect(sort()).toEqual({ by: 'relevance', direction: 'desc' }))
    expect(best()?.getAttribute('aria-pressed')).toBe('true')
    await waitFor(() => expect(location.hash).toBe('#/history?q=harbour&v=1'))
    await user.click(screen.getByRole('button', { name: 'When' }))
    await waitFor(() => expect(sort()).toEqual({ by: 'timestamp', direction: 'desc' }))
    expect(location.hash).toBe('#/history?q=harbour&sort=-timestamp&v=1')
    expect(best()?.getAttribute('aria-pressed')).toBe('false')
    await user.click(best() ?? field())
    await waitFor(() => expect(sort()).toEqual({ by: 'relevance', direction: 'desc' }))
    expect(location.hash).toBe('#/history?q=harbour&v=1')
  })

  it('shows nothing of another filter when a link opens it', async () => {
    localStorage.setItem('gemdirect1-telemetry.filter', 'tag:old')
    location.hash = '#/history?q=tag:night&v=1'
    const { fake } = await open()
    await screen.findByRole('row', { name: /^Run 0,/ })
    const filters = fake.asked.filter(({ limit }) => limit !== 0).map(({ filter }) => filter)
    expect(filters).toEqual(filters.map(() => ({ tags: ['night'] })))
  })

  it('leads a row to the scene that matched, with the words to mark', async () => {
    const matches: RunHistory['matches'] = (ids) =>
      Promise.resolve(ids.map((runId) => ({ runId, scenes: ['scene-003'], hits: [] })))
    await open({ matches })
    expect((await screen.findByRole('link', { name: 'Run 0' })).getAttribute('href')).toBe('#/run/run-0')
    cleanup()
    location.hash = '#/history?q=status:failed&v=1'
    await open({ matches })
    await waitFor(() =>
      expect(screen.getByRole('link', { name: 'Run 0' }).getAttribute('href')).toBe(
        '#/run/run-0?scene=scene-003&q=status%3Afailed',
      ),
    )
  })

  it('says which part of a filter nothing matches removes most, and takes it out', async () => {
    const queryRuns = ({ filter = {} }: RunQuery = {}) => {
      const total = filter.gpuModel ? 0 : filter.status ? 312 : 20
      return Promise.resolve({ runs: runs.slice(0, total), total, asOf: 20, waiting: 0 })
    }
    location.hash = '#/history?q=gpu:x+status:failed&v=1'
    const { user } = await open({ queryRuns })
    expect(await screen.findByText(/alone removes 312\.$/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Remove it' }))
    expect(field().value).toBe('status:failed')
  })

  it('names a value that no run has, and puts the one that was meant in its place', async () => {
    const queryRuns = ({ filter = {} }: RunQuery = {}) => {
      const total = filter.gpuModel?.includes('4090') ? 0 : 20
      return Promise.resolve({ runs: runs.slice(0, total), total, asOf: 20, waiting: 0 })
    }
    location.hash = '#/history?q=gpu:4090+status:failed&v=1'
    const { user } = await open({ queryRuns })
    expect(await screen.findByText('No GPU is called 4090. Did you mean')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'RTX 4090' }))
    expect(field().value).toBe('status:failed gpu:"RTX 4090"')
  })

  it('offers the value that a word of the page stands for, where the word itself is nowhere', async () => {
    const queryRuns = ({ filter = {} }: RunQuery = {}) => {
      const total = filter.text === undefined ? 20 : 0
      return Promise.resolve({ runs: runs.slice(0, total), total, asOf: 20, waiting: 0 })
    }
    location.hash = '#/history?q=failed+gpu:4090&v=1'
    const { user } = await open({ queryRuns })
    await user.click(await screen.findByRole('button', { name: 'status:failed' }))
    expect(new Set(field().value.split(' '))).toEqual(new Set(['status:failed', 'gpu:4090']))
  })

  it('copies a link, and shows it selected where the browser denies that', async () => {
    HTMLDialogElement.prototype.showModal ??= () => undefined
    const { user } = await open()
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await user.type(field(), 'tag:night')
    await user.click(screen.getByRole('button', { name: 'Share' }))
    expect(writeText).toHaveBeenCalledWith(expect.stringMatching(/#\/history\?q=tag:night.*&v=1$/))
    writeText.mockRejectedValue(new DOMException('denied', 'NotAllowedError'))
    await user.click(screen.getByRole('button', { name: 'Share' }))
    const link = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Link', hidden: true })
    expect(link.value).toContain('q=tag:night')
    expect(link.selectionEnd).toBe(link.value.length)
  })
})
