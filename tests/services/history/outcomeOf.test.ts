import fc from 'fast-check'
import { expect, it } from 'vitest'
import { forecastRuns } from '../../../services/export/forecastRuns'
import { normalizeRun } from '../../../services/history/mergeRun'
import { outcomeOf } from '../../../services/history/outcomeOf'
import { openRunHistory } from '../../../services/runHistoryService'
import type { OnConflict } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { runOf } from '../comparison/builders'

const ALL: readonly OnConflict[] = ['keep', 'replace', 'merge']
const before = normalizeRun(runOf(1, [100]))
const other = { ...before, notes: 'in other words' }

it('adds what is new and leaves what is the same, whatever is asked', () => {
  for (const onConflict of ALL) {
    expect(outcomeOf(undefined, before, onConflict)).toEqual({ is: 'added', write: before })
    expect(outcomeOf(before, { ...before, averageDuration: 1 }, onConflict)).toEqual({ is: 'same' })
  }
})

it('keeps, replaces or merges what is told in other words', () => {
  expect(outcomeOf(before, other, 'keep')).toEqual({ is: 'conflicting' })
  expect(outcomeOf(before, other, 'replace')).toEqual({ is: 'conflicting', write: other })
  expect(outcomeOf(before, other, 'merge')).toMatchObject({ is: 'merged', write: { notes: other.notes } })
  expect(outcomeOf(other, before, 'merge')).toEqual({ is: 'same' })
})

it('is what a dry run counts and what a save then does', async () => {
  const told = fc
    .record({ number: fc.nat(3), duration: fc.constantFrom(50, 100), steps: fc.boolean() })
    .map(({ number, duration, steps }) => runOf(number, steps ? [duration, duration] : [duration]))
  await fc.assert(
    fc.asyncProperty(
      fc.array(told, { maxLength: 4 }),
      fc.uniqueArray(told, { maxLength: 4, selector: ({ runId }) => runId }),
      fc.constantFrom(...ALL),
      async (stored, runs, onConflict) => {
        const history = await openRunHistory({ indexedDB: freshIndexedDB() })
        await history.saveRuns(stored)
        const named = runs.map((run, digest) => ({ run, digest, where: {} }))
        const forecast = await forecastRuns(history, named, onConflict, new Map())
        expect(await history.saveRuns(runs, { onConflict })).toMatchObject(forecast)
        history.close()
      },
    ),
    { numRuns: 40 },
  )
})
