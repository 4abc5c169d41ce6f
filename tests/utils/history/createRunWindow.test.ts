import { describe, expect, it } from 'vitest'
import type { RunPage, RunQuery } from '../../../types'
import { createRunWindow, PAGE_ROWS } from '../../../utils/history/createRunWindow'
import { summaryOf } from '../../helpers/fakeHistory'

/** A history whose answers are given by the test, when it likes. */
function answering() {
  const asked: { readonly query: RunQuery; answer(page: Partial<RunPage>): void; fail(): void }[] = []
  const list = createRunWindow(
    (query) =>
      new Promise((resolve, reject) =>
        asked.push({
          query,
          answer: (page) => resolve({ runs: rowsOf(query), total: 1_000, asOf: 7, waiting: 0, ...page }),
          fail: () => reject(new Error('The disk is gone.')),
        }),
      ),
  )
  return { list, asked }
}
const rowsOf = ({ offset = 0, limit = 0 }: RunQuery) =>
  Array.from({ length: limit }, (_, i) => summaryOf(offset + i))
/** Lets what was answered arrive. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

describe('a long list', () => {
  it('asks for its first page, then for what is looked at and what is beside it, held as it was', async () => {
    const { list, asked } = answering()
    list.ask({})
    expect(asked.map(({ query }) => query.offset)).toEqual([0])
    asked[0]?.answer({})
    await settled()
    expect(list.getSnapshot()).toMatchObject({ total: 1_000, asOf: 7, isEarlier: false })
    expect(list.getSnapshot().runAt(99)?.runId).toBe('run-99')
    expect(list.getSnapshot().runAt(100)).toBeUndefined()
    list.want(395, 420)
    expect(asked.slice(1).map(({ query }) => [query.offset, query.asOf])).toEqual([
      [300, 7],
      [400, 7],
    ])
    asked[1]?.answer({})
    await settled()
    expect(asked.at(-1)?.query.offset).toBe(500)
    expect(list.getSnapshot().runAt(395)?.runId).toBe('run-395')
  })

  it('asks for no more than two pages at a time, however far somebody scrolls', async () => {
    const { list, asked } = answering()
    list.ask({})
    asked[0]?.answer({})
    await settled()
    for (let row = 0; row < 1_000; row += 50) list.want(row, row + 30)
    expect(asked).toHaveLength(3)
    asked[1]?.answer({})
    asked[2]?.answer({})
    await settled()
    expect(asked.slice(3).map(({ query }) => query.offset)).toEqual([900, 800])
  })

  it('drops an answer to a question that another overtook, and aborts it', async () => {
    const { list, asked } = answering()
    list.ask({ filter: { text: 'a' } })
    list.ask({ filter: { text: 'ab' } })
    expect(asked[0]?.query.signal?.aborted).toBe(true)
    asked[1]?.answer({ total: 3 })
    await settled()
    asked[0]?.answer({ total: 999 })
    await settled()
    expect(list.getSnapshot().total).toBe(3)
  })

  it('leaves the rows of the last list until the next one is here', async () => {
    const { list, asked } = answering()
    list.ask({})
    asked[0]?.answer({})
    await settled()
    list.ask({ sort: { by: 'runName', direction: 'asc' } })
    expect(list.getSnapshot().isEarlier).toBe(true)
    expect(list.getSnapshot().runAt(0)?.runId).toBe('run-0')
    asked.at(-1)?.answer({ runs: [summaryOf(5)], total: 1 })
    await settled()
    expect(list.getSnapshot()).toMatchObject({ isEarlier: false, total: 1 })
    expect(list.getSnapshot().runAt(0)?.runId).toBe('run-5')
    expect(list.getSnapshot().runAt(1)).toBeUndefined()
  })

  it('reads what is looked at again in place, and counts what came since', async () => {
    const { list, asked } = answering()
    list.ask({})
    asked[0]?.answer({ total: 100 })
    await settled()
    list.refresh()
    expect(asked.at(-1)?.query).toMatchObject({ offset: 0, asOf: 7 })
    expect(list.getSnapshot().runAt(0)?.status).toBe('completed')
    asked.at(-1)?.answer({ runs: [summaryOf(0, { status: 'failed' })], total: 100, waiting: 2 })
    await settled()
    expect(list.getSnapshot()).toMatchObject({ waiting: 2, asOf: 7 })
    expect(list.getSnapshot().runAt(0)?.status).toBe('failed')
  })

  it('comes to an end though the history is written to all the time', async () => {
    const { list, asked } = answering()
    list.ask({})
    asked[0]?.answer({ total: 100 })
    await settled()
    list.refresh()
    for (let i = 0; i < 5; i++) list.refresh()
    expect(asked).toHaveLength(2)
    asked[1]?.answer({ total: 100, waiting: 1 })
    await settled()
    expect(list.getSnapshot().waiting).toBe(1)
    expect(asked).toHaveLength(3)
    expect(asked[2]?.query.signal?.aborted).toBe(false)
  })

  it('lets in what waited when that is wanted, and by itself where there is nothing to move', async () => {
    const { list, asked } = answering()
    list.ask({})
    asked[0]?.answer({ total: 100, waiting: 3 })
    await settled()
    expect(asked).toHaveLength(1)
    list.renew()
    expect(asked.at(-1)?.query.asOf).toBeUndefined()
    asked.at(-1)?.answer({ runs: [], total: 0, asOf: 9, waiting: 1 })
    await settled()
    expect(asked).toHaveLength(3)
    expect(asked.at(-1)?.query.asOf).toBeUndefined()
  })

  it('says why a page could not be had, keeps the rest, and asks again when told to', async () => {
    const { list, asked } = answering()
    list.ask({})
    asked[0]?.answer({})
    await settled()
    list.want(500, 530)
    asked[1]?.fail()
    await settled()
    expect(list.getSnapshot().error).toBe('The disk is gone.')
    expect(list.getSnapshot().runAt(0)?.runId).toBe('run-0')
    const before = asked.length
    list.want(510, 540)
    expect(asked).toHaveLength(before)
    list.retry()
    expect(list.getSnapshot().error).toBeNull()
    expect(asked[before]?.query).toMatchObject({ offset: 500, asOf: 7 })
  })

  it('keeps the pages nearest to what is looked at, and fetches others anew', async () => {
    const { list, asked } = answering()
    list.ask({})
    asked[0]?.answer({ total: 100_000 })
    await settled()
    for (let page = 0; page < 60; page++) {
      list.want(page * PAGE_ROWS, page * PAGE_ROWS + 30)
      for (let turn = 0; turn < 3; turn++) {
        for (const each of asked.splice(0)) each.answer({ total: 100_000 })
        await settled()
      }
    }
    expect(list.getSnapshot().runAt(0)).toBeUndefined()
    expect(list.getSnapshot().runAt(59 * PAGE_ROWS)?.runId).toBe(`run-${59 * PAGE_ROWS}`)
    list.want(0, 30)
    expect(asked.map(({ query }) => query.offset)).toEqual([0, 100])
  })
})
