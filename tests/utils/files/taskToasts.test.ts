// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLongTask, type LongTaskStore } from '../../../utils/files/createLongTask'
import type { SavedFile } from '../../../utils/files/createFileTasks'
import { exportToast, importToast, tellTask } from '../../../utils/files/taskToasts'
import { createToasts, type Toasts } from '../../../utils/toasts/createToasts'

let toasts: Toasts
let task: LongTaskStore<SavedFile>
beforeEach(() => {
  toasts = createToasts()
  task = createLongTask()
})
afterEach(() => toasts.dispose())

const texts = (): readonly string[] =>
  toasts.getSnapshot().toasts.map(({ kind, text }) => `${kind}: ${text.replaceAll('\u202f', ' ')}`)
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const forever = (): Promise<SavedFile> => new Promise(() => undefined)
const SAVED = { name: 'runs.json', bytes: 2 ** 20 }

describe('work that no part of the page shows', () => {
  it('tells how far it is in one message, and its end in the same', async () => {
    tellTask(task, toasts, exportToast)
    let finish = (): void => undefined
    task.start('Writing 312 runs', ({ onProgress }) => {
      onProgress(0.4)
      return new Promise((resolve) => (finish = () => resolve(SAVED)))
    })
    expect(texts()).toEqual(['busy: Writing 312 runs… 40 %'])
    finish()
    await settled()
    expect(texts()).toEqual(['done: Saved runs.json, 1.0 MB, with the other downloads.'])
  })

  it('can be given up, and leaves no message then', () => {
    tellTask(task, toasts, exportToast)
    task.start('Writing', forever)
    toasts.getSnapshot().toasts[0]?.action?.run()
    expect(task.getSnapshot().status).toBe('idle')
    expect(texts()).toEqual([])
  })

  it('leads to where room is made when there was none', async () => {
    tellTask(task, toasts, exportToast)
    task.start('Writing', () =>
      Promise.reject(Object.assign(new Error('Storage is full.'), { name: 'QuotaExceededError' })),
    )
    await settled()
    expect(texts()).toEqual(['error: Storage is full.'])
    toasts.getSnapshot().toasts[0]?.action?.run()
    expect(location.hash).toBe('#/settings/storage')
  })
})

describe('work that is shown', () => {
  it('is told by messages from when its page is left until it is come back to', () => {
    tellTask(task, toasts, exportToast)
    const leave = task.attend()
    task.start('Writing', forever)
    expect(texts()).toEqual([])
    leave()
    expect(texts()).toEqual(['busy: Writing… 0 %'])
    task.attend()
    expect(texts()).toEqual([])
  })

  it('is not told again when its page is left after its end', async () => {
    tellTask(task, toasts, exportToast)
    const leave = task.attend()
    task.start('Writing', () => Promise.resolve(SAVED))
    await settled()
    leave()
    expect(texts()).toEqual([])
  })
})

describe('a file that was only counted', () => {
  const report = { added: 3, same: 0, merged: 0, conflicting: 0, invalid: [], dryRun: true }
  const file = new File([], 'night.json')

  it('leads to where its import is confirmed, if there is anything to import', () => {
    expect(importToast({ file, report })).toMatchObject({
      text: 'night.json: Would add 3 runs.',
      action: { label: 'Look' },
    })
    expect(importToast({ file, report: { ...report, added: 0, same: 3 } })).not.toHaveProperty('action')
    expect(importToast({ file, report: { ...report, dryRun: false } })).not.toHaveProperty('action')
  })
})
