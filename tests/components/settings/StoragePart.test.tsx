// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { StoragePart } from '../../../components/settings/StoragePart'
import { Toasts } from '../../../components/ui/Toasts'
import type { RunHistory, StorageReport } from '../../../types'
import { fakeHistory, summaryOf } from '../../helpers/fakeHistory'

afterEach(() => {
  cleanup()
  location.hash = ''
  vi.unstubAllGlobals()
})

const REPORT: StorageReport = {
  mode: 'indexeddb',
  origin: 'http://gpu-box:8188',
  runs: 4_120,
  usage: 310 * 2 ** 20,
  quota: 10 * 2 ** 30,
  persisted: false,
}
function open(overrides: Partial<RunHistory> = {}) {
  const { wrapper } = fakeHistory([summaryOf(0)], { storage: () => Promise.resolve(REPORT), ...overrides })
  render(
    <>
      <StoragePart />
      <Toasts />
    </>,
    { wrapper },
  )
  return userEvent.setup()
}

describe('the storage settings', () => {
  it('say how many runs are kept, for whom and in how much room', async () => {
    open()
    expect((await screen.findByText(/kept in this browser for/)).textContent).toContain(
      '4,120 runs kept in this browser for http://gpu-box:8188.',
    )
    expect(screen.getByText(/^310.MB used of 10\.0.GB that the browser allows\.$/)).toBeTruthy()
    expect(screen.getByText('The browser may drop them when room gets scarce.')).toBeTruthy()
  })

  it('say why nothing is saved', async () => {
    const reason = 'Nothing is being saved: this browser denies storage.'
    open({ storage: () => Promise.resolve({ ...REPORT, runs: 0, mode: 'memory', reason }) })
    expect(await screen.findByText(reason)).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('do not claim to know what the browser will do where it cannot be asked', async () => {
    open({ storage: () => Promise.resolve({ ...REPORT, persisted: 'unknown' }) })
    expect(await screen.findByText(/can’t be told here/)).toBeTruthy()
  })

  it.each([
    [true, 'The browser promised not to drop them.'],
    [false, /It did not promise to keep them/],
  ])('ask the browser to keep them, and tell its answer: %s', async (answer, words) => {
    vi.stubGlobal(
      'navigator',
      Object.assign(Object.create(navigator), { storage: { persist: () => Promise.resolve(answer) } }),
    )
    const user = open()
    await user.click(await screen.findByRole('button', { name: 'Ask the browser to keep them' }))
    expect(await screen.findByText(words)).toBeTruthy()
  })

  it('count what would go before anything goes', async () => {
    const retention = vi.fn<RunHistory['retention']>(() =>
      Promise.resolve({ runIds: Array.from({ length: 1_200 }, String), bytes: 90 * 2 ** 20 }),
    )
    const user = open({ retention })
    const look = await screen.findByRole('button', { name: 'See what would go' })
    await user.click(look)
    expect(retention).not.toHaveBeenCalled()
    await user.type(screen.getByRole('textbox', { name: /Older than/ }), '90')
    await user.click(look)
    expect(
      await screen.findByText(/^Would delete 1,200 runs, about 90.MB\. Runs with tags are kept\.$/),
    ).toBeTruthy()
    expect(retention.mock.calls).toEqual([[{ maxAgeDays: 90, keepTagged: true }, { dryRun: true }]])
    await user.click(screen.getByRole('button', { name: 'Delete 1,200 runs' }))
    expect(await screen.findByText(/^Deleted 1,200 runs, about 90.MB\.$/)).toBeTruthy()
    const among = Array.from({ length: 1_200 }, String)
    expect(retention.mock.lastCall).toEqual([{ maxAgeDays: 90, keepTagged: true }, { among }])
  })

  it('tell what was deleted where that is less than was counted', async () => {
    const retention: RunHistory['retention'] = (_, { dryRun } = {}) =>
      Promise.resolve({ runIds: dryRun ? ['a', 'b', 'c'] : ['a'], bytes: 2 ** 20 })
    const user = open({ retention })
    await user.type(await screen.findByRole('textbox', { name: /All but the newest/ }), '10')
    await user.click(screen.getByRole('button', { name: 'See what would go' }))
    await user.click(await screen.findByRole('button', { name: 'Delete 3 runs' }))
    expect(
      await screen.findByText(
        /^Deleted 1 run, about 1\.0.MB\. 2 of those that were counted did not have to go any more\.$/,
      ),
    ).toBeTruthy()
  })

  it('count at once what an address asks for, and delete nothing by it', async () => {
    location.hash = '#/settings/storage?keep=460'
    const retention = vi.fn<RunHistory['retention']>(() =>
      Promise.resolve({ runIds: Array.from({ length: 40 }, String), bytes: 310 * 2 ** 20 }),
    )
    open({ retention })
    expect(
      await screen.findByText(/^Would delete 40 runs, about 310.MB\. Runs with tags are kept\.$/),
    ).toBeTruthy()
    expect(retention.mock.calls).toEqual([[{ maxRuns: 460, keepTagged: true }, { dryRun: true }]])
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: /All but the newest/ })
    expect(field.value).toBe('460')
  })

  it('forget what was counted when the rules change', async () => {
    const retention: RunHistory['retention'] = () => Promise.resolve({ runIds: ['a'], bytes: 1 })
    const user = open({ retention })
    await user.type(await screen.findByRole('textbox', { name: /All but the newest/ }), '10')
    await user.click(screen.getByRole('button', { name: 'See what would go' }))
    expect(await screen.findByRole('button', { name: 'Delete 1 run' })).toBeTruthy()
    await user.click(screen.getByRole('checkbox', { name: 'Keep runs that have a tag' }))
    expect(screen.queryByRole('button', { name: 'Delete 1 run' })).toBeNull()
  })

  it('delete everything only after a word was typed, and say what goes', async () => {
    const deleteEverything = vi.fn(() => Promise.resolve())
    const user = open({ deleteEverything })
    await user.click(await screen.findByRole('button', { name: 'Delete all my data…' }))
    const dialog = screen.getByRole('dialog', { name: 'Delete all my data?' })
    expect(dialog.textContent).toContain('4,120 runs with their scenes, GPU traces, tags and notes')
    const button = within(dialog).getByRole('button', { name: 'Delete everything' })
    await user.click(button)
    expect(deleteEverything).not.toHaveBeenCalled()
    await user.type(within(dialog).getByRole('textbox', { name: 'Type delete to go on' }), 'delete')
    await user.click(button)
    expect(deleteEverything).toHaveBeenCalledOnce()
    expect(await screen.findByText('Everything that was saved here is deleted.')).toBeTruthy()
  })
})
