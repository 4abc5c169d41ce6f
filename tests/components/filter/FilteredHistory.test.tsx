// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
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
    const { user } = await open()
    await user.type(field(), 'duration:>fast{Enter}')
    const said = 'Cannot read `duration:>fast` at 11: a time such as 90s was expected.'
    expect(screen.queryByText(said)).toBeNull()
    expect(await screen.findByText(said)).toBeTruthy()
    expect(field().getAttribute('aria-invalid')).toBe('true')
    expect(field().getAttribute('aria-describedby')).toBe(screen.getByText(said).parentElement?.id)
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
