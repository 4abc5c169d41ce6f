import type { SeedRequest } from '../../services/seed/fillHistory'
import { formatMegabytes } from '../format/formatBytes'
import { count } from '../format/formatCount'
import { THIN } from '../format/formatDuration'
import type { ToastMessage, Toasts } from '../toasts/createToasts'
import type { ImportedFile, SavedFile } from './createFileTasks'
import type { FailedTask, LongTaskStore } from './createLongTask'
import { changesOf, importSentence } from './importWords'

/**
 * Tells of a task by messages while no part of the page shows it: how far it is, with a way to give it up, and its end, once. Until the
 * function that comes back is called.
 */
export function tellTask<T>(
  task: LongTaskStore<T>,
  toasts: Pick<Toasts, 'show' | 'close'>,
  doneToast: (value: T) => ToastMessage,
): () => void {
  let last = task.getSnapshot()
  let toast: number | undefined
  const messageNow = (): ToastMessage | undefined => {
    const now = task.getSnapshot()
    const isNews = now !== last
    last = now
    if (task.attended.getSnapshot()) return undefined
    if (now.status === 'running') return busyToast(now.label, now.share, task.cancel)
    if (!isNews || now.status === 'idle') return undefined
    return now.status === 'done' ? doneToast(now.value) : failedToast(now)
  }
  const tell = (): void => {
    const message = messageNow()
    if (message) {
      const id = toasts.show(message, toast)
      toast = message.kind === 'busy' ? id : undefined
    } else if (toast !== undefined) {
      toasts.close(toast)
      toast = undefined
    }
  }
  tell()
  const leave = [task.subscribe(tell), task.attended.subscribe(tell)]
  return () => leave.forEach((end) => end())
}

/** What was imported; what would be leads to where it is confirmed. */
export function importToast({ file, report }: ImportedFile): ToastMessage {
  const text = `${file.name}: ${importSentence(report)}`
  return report.dryRun && changesOf(report) > 0
    ? { kind: 'done', text, action: { label: 'Look', run: goToStorage } }
    : { kind: 'done', text }
}

export const exportToast = (saved: SavedFile): ToastMessage => ({ kind: 'done', text: savedWords(saved) })

export const seedToast = (request: SeedRequest): ToastMessage => ({
  kind: 'done',
  text: seededWords(request),
})

/** `Saved runs.json, 1.2 MB, with the other downloads.` */
export const savedWords = ({ name, bytes }: SavedFile): string =>
  `Saved ${name}, ${formatMegabytes(bytes)}, with the other downloads.`

export const seededWords = ({ count: runs }: SeedRequest): string =>
  `${count(runs, 'run')} are in the simulated history now.`

const busyToast = (label: string, share: number, cancel: () => void): ToastMessage => ({
  kind: 'busy',
  text: `${label}… ${Math.floor(share * 100)}${THIN}%`,
  action: { label: 'Cancel', run: cancel },
})

const failedToast = ({ message, isFull }: FailedTask): ToastMessage => ({
  kind: 'error',
  text: message,
  ...(isFull ? { action: { label: 'Make room…', run: goToStorage } } : {}),
})

function goToStorage(): void {
  location.hash = '#/settings/storage'
}
