// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { StoragePart } from '../../../components/settings/StoragePart'
import { Toasts } from '../../../components/ui/Toasts'
import type { RecentDeletion, RunHistory } from '../../../types'
import { fakeHistory, summaryOf } from '../../helpers/fakeHistory'

afterEach(cleanup)

const RUNS = Array.from({ length: 12 }, (_, index) => summaryOf(index))
const idsOf = (from: number, to: number): readonly string[] => RUNS.slice(from, to).map(({ runId }) => runId)

function open(overrides: Partial<RunHistory> = {}) {
  const fake = fakeHistory(RUNS, overrides)
  const { wrapper, history } = fake
  const show = () =>
    render(
      <>
        <StoragePart />
        <Toasts />
      </>,
      { wrapper },
    )
  return { history, show, user: userEvent.setup() }
}
const list = () => screen.findByRole('list', { name: 'Recently deleted' })
const titles = async () =>
  within(await list())
    .getAllByRole('button')
    .map((button) => button.getAttribute('aria-label'))

describe('recently deleted', () => {
  it('says that nothing was', async () => {
    const { show } = open()
    show()
    expect(await screen.findByText('Nothing was deleted in the last seven days.')).toBeTruthy()
    expect(screen.queryByRole('list', { name: 'Recently deleted' })).toBeNull()
  })

  it('lists each deletion: what of, how many runs, when, until when', async () => {
    const { history, show } = open()
    await history.deleteRuns(idsOf(0, 4))
    await history.deleteRuns(idsOf(5, 6))
    show()
    expect(await titles()).toEqual(['Bring back Run 5', 'Bring back Run 0 and 3 more'])
    const [, row] = within(await list()).getAllByRole('listitem')
    expect(row?.textContent).toContain('4 runs, deleted ')
    const times = row?.querySelectorAll('time') ?? []
    expect([...times].map(({ dateTime }) => dateTime)).toEqual([
      '2026-11-14T12:00:00.000Z',
      '2026-11-21T12:00:00.000Z',
    ])
  })

  it('brings one back: it leaves the list, a message says so, and the keyboard stays there', async () => {
    const { history, show, user } = open()
    await history.deleteRuns(idsOf(0, 4))
    await history.deleteRuns(idsOf(5, 6))
    show()
    await user.click(await screen.findByRole('button', { name: 'Bring back Run 0 and 3 more' }))
    expect(await screen.findByText('Restored 4 runs.')).toBeTruthy()
    await waitFor(async () => expect(await titles()).toEqual(['Bring back Run 5']))
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Recently deleted' }))
    expect((await history.queryRuns()).total).toBe(11)
  })

  it('shows what another tab deletes and brings back', async () => {
    const { history, show } = open()
    show()
    expect(await screen.findByText('Nothing was deleted in the last seven days.')).toBeTruthy()
    const { token } = await history.deleteRuns(idsOf(0, 12))
    expect(await titles()).toEqual(['Bring back Run 0 and 11 more'])
    await history.restore(token)
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Recently deleted' })).toBeNull())
  })

  it('is brought back once, and says how far that is where it takes long', async () => {
    const long: RecentDeletion = { token: 'a', deletedAt: 1, until: 2, runs: 1_500, firstName: 'Night' }
    let goOn: (count: number) => void = () => undefined
    let calls = 0
    const { show, user } = open({
      deletions: () => Promise.resolve({ newest: [long], older: 0 }),
      restore() {
        calls += 1
        return new Promise((resolve) => (goOn = resolve))
      },
    })
    show()
    await user.click(await screen.findByRole('button', { name: 'Bring back Night and 1,499 more' }))
    const busy = await screen.findByRole('button', { name: 'Coming back… Night and 1,499 more' })
    await user.click(busy)
    expect(calls).toBe(1)
    goOn(1_000)
    expect(await screen.findByText(/^Restoring 1,500 runs… 67.%$/)).toBeTruthy()
    goOn(500)
    expect(await screen.findByText('Restored 1,500 runs.')).toBeTruthy()
    expect(calls).toBe(2)
    expect(await screen.findByRole('button', { name: 'Bring back Night and 1,499 more' })).toBeTruthy()
  })

  it('counts those that are older, and is there where no run is left', async () => {
    const one: RecentDeletion = { token: 'a', deletedAt: 1, until: 2, runs: 3 }
    const { show } = open({
      deletions: () => Promise.resolve({ newest: [one], older: 1_204 }),
      storage: () => Promise.resolve({ mode: 'indexeddb', origin: 'http://box', runs: 0, persisted: true }),
    })
    show()
    expect(await titles()).toEqual(['Bring back 3 runs'])
    expect(screen.getByText('And 1,204 older.')).toBeTruthy()
  })

  it('says why it cannot be told', async () => {
    const { show } = open({ deletions: () => Promise.reject(new Error('The history was closed.')) })
    show()
    expect(await screen.findByText('The history was closed.')).toBeTruthy()
  })
})
