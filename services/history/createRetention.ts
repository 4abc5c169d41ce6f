import type { RunHistory } from '../../types'
import { retentionOf, type TakenRun } from '../columns/retentionOf'
import { allRuns } from '../columns/selectRuns'
import type { ColumnStore } from './createColumnStore'
import type { RunEdits } from './createRunEdits'
import type { RunRecord } from './readRecord'
import type { Storage } from './storage'
import { usedRoom } from './usedRoom'

/** Deletes by rules. What it answers is what was deleted: a run that was tagged or changed since it looked stays, and is not in it. */
export function createRetention(
  storage: Pick<Storage, 'mode'>,
  columns: Pick<ColumnStore, 'read'>,
  now: () => number,
  erase: RunEdits['erase'],
): RunHistory['retention'] {
  return async (rules, { dryRun = false, among } = {}) => {
    const taken = retentionOf(allRuns(await columns.read()), rules, now(), await usedRoom(storage))
    const meant = among && new Set(among)
    const due = new Map(taken.filter(({ runId }) => meant?.has(runId) ?? true).map((run) => [run.runId, run]))
    if (dryRun) return totalOf([...due.values()])
    const isStill = ({ run, deletion }: RunRecord): boolean =>
      !deletion &&
      run.status !== 'running' &&
      run.timestamp === due.get(run.runId)?.timestamp &&
      !(rules.keepTagged && (run.tags ?? []).length > 0)
    const erased = await erase([...due.keys()], isStill)
    return totalOf(erased.flatMap((runId) => due.get(runId) ?? []))
  }
}

const totalOf = (
  runs: readonly TakenRun[],
): { readonly runIds: readonly string[]; readonly bytes: number } => ({
  runIds: runs.map(({ runId }) => runId),
  bytes: runs.reduce((sum, { bytes }) => sum + bytes, 0),
})
