import type { ImportReport, RunHistory } from '../../types'
import { readDraft } from './readDraft'

/** Remembers, with the history, that the draft was read: what a person deletes of it must not come back. */
export interface DraftMark {
  isRead(): Promise<boolean>
  setRead(): Promise<void>
}

/**
 * Reads the host's draft database into the history, once: undefined when that was done before. A run that the history has already stays
 * as it is. Rejects when the history can't be written; then it is tried again the next time.
 */
export async function importDraft(
  history: Pick<RunHistory, 'saveRuns'>,
  factory: IDBFactory,
  mark: DraftMark,
): Promise<ImportReport | undefined> {
  if (await mark.isRead()) return undefined
  const report = await history.saveRuns(await readDraft(factory), { onConflict: 'keep' })
  await mark.setRead()
  return report
}
