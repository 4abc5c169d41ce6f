import { afterEach, describe, expect, it } from 'vitest'
import { openRunHistory } from '../../../services/runHistoryService'
import type { HistoricalRun, RunHistory } from '../../../types'
import { buildRun } from '../../helpers/buildRun'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const opened: RunHistory[] = []
afterEach(() => opened.splice(0).forEach((history) => history.close()))
async function open(): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB: freshIndexedDB() })
  opened.push(history)
  return history
}
const run = buildRun(1)
const shorter: HistoricalRun = { ...buildRun(1, 50_000), scenes: buildRun(1, 50_000).scenes.slice(0, 1) }

describe('a run that was deleted here and is saved again', () => {
  async function savedAgain(onConflict: 'keep' | 'replace' | 'merge') {
    const history = await open()
    await history.saveRun(run)
    await history.annotate(run.runId, { notes: 'mine' })
    await history.deleteRuns([run.runId])
    const report = await history.saveRuns([shorter], { onConflict })
    expect(report).toMatchObject({ added: 1, merged: 0, conflicting: 0 })
    return history.getRun(run.runId)
  }
  it.each(['keep', 'replace'] as const)('is only what is saved now, by %s', async (how) => {
    const saved = await savedAgain(how)
    expect(saved?.scenes).toEqual(shorter.scenes)
    expect(saved).not.toHaveProperty('notes')
  })

  it('is both, by merge', async () => {
    const saved = await savedAgain('merge')
    expect(saved?.scenes).toHaveLength(3)
    expect(saved?.notes).toBe('mine')
  })
})

describe('the trace of an attempt', () => {
  const traceOf = (scene: HistoricalRun['scenes'][number] | undefined) => ({
    source: scene?.source ?? '',
    promptId: scene?.promptId ?? '',
    points: [],
    gaps: [],
  })
  const [first, second] = run.scenes.map(traceOf)
  if (!first || !second) throw new Error('there are scenes')

  it('goes with its scene when a run that is without it takes the place of the one before', async () => {
    const history = await open()
    await history.saveRun(run)
    await history.saveTraces([first, second])
    await history.saveRuns([{ ...run, scenes: run.scenes.slice(1) }], { onConflict: 'replace' })
    expect(await history.traces([first])).toEqual([])
    expect(await history.traces([second])).toEqual([second])
  })

  it('stays while another run has the attempt', async () => {
    const history = await open()
    await history.saveRuns([run, { ...run, runId: 'copy', timestamp: run.timestamp - 1 }])
    await history.saveTraces([first])
    await history.retention({ maxRuns: 1, keepTagged: false })
    expect(await history.runIds()).toEqual([run.runId])
    expect(await history.traces([first])).toEqual([first])
    await history.retention({ maxRuns: 0, keepTagged: false })
    expect(await history.traces([first])).toEqual([])
  })
})
