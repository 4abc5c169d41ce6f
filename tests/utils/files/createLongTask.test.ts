import { describe, expect, it } from 'vitest'
import { createLongTask, type LongTaskTools } from '../../../utils/files/createLongTask'

/** Work that is done when the test says so. */
function heldWork() {
  const told: { tools?: LongTaskTools } = {}
  let resolve: (value: string) => void = () => undefined
  let reject: (reason: Error) => void = () => undefined
  const promise = new Promise<string>((done, failed) => {
    resolve = done
    reject = failed
  })
  const work = (tools: LongTaskTools): Promise<string> => {
    told.tools = tools
    return promise
  }
  return {
    work,
    resolve,
    reject,
    onProgress: (share: number) => told.tools?.onProgress(share),
    told,
  }
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('long work', () => {
  it('says what it does, how far it is by whole percents, and what came of it', async () => {
    const task = createLongTask<string>()
    const { work, resolve, onProgress } = heldWork()
    const told: unknown[] = []
    task.subscribe(() => told.push(task.getSnapshot()))
    task.start('Reading a.json', work)
    onProgress(0.004)
    onProgress(0.012)
    onProgress(0.019)
    onProgress(0.5)
    resolve('done')
    await settled()
    expect(told).toEqual([
      { status: 'running', label: 'Reading a.json', share: 0 },
      { status: 'running', label: 'Reading a.json', share: 0.012 },
      { status: 'running', label: 'Reading a.json', share: 0.5 },
      { status: 'done', value: 'done' },
    ])
  })

  it('has ended when it has, whatever word of its progress comes late', async () => {
    const task = createLongTask<string>()
    const done = heldWork()
    task.start('Writing 3,012 runs', done.work)
    done.resolve('saved')
    await settled()
    done.onProgress(1)
    expect(task.getSnapshot()).toEqual({ status: 'done', value: 'saved' })

    const failed = heldWork()
    task.start('Writing 3,012 runs', failed.work)
    failed.reject(new Error('No room.'))
    await settled()
    failed.onProgress(0.5)
    expect(task.getSnapshot()).toMatchObject({ status: 'failed', message: 'No room.' })
  })

  it('is idle once it was cancelled, whatever becomes of it then', async () => {
    const task = createLongTask<string>()
    const { work, resolve, onProgress, told } = heldWork()
    task.start('Reading', work)
    task.cancel()
    expect(told.tools?.signal.aborted).toBe(true)
    onProgress(0.9)
    resolve('late')
    await settled()
    expect(task.getSnapshot()).toEqual({ status: 'idle' })
  })

  it('gives way to work that is begun after it', async () => {
    const task = createLongTask<string>()
    const first = heldWork()
    const second = heldWork()
    task.start('First', first.work)
    task.start('Second', second.work)
    first.resolve('first')
    second.resolve('second')
    await settled()
    expect(first.told.tools?.signal.aborted).toBe(true)
    expect(task.getSnapshot()).toEqual({ status: 'done', value: 'second' })
  })

  it('says why it failed, and how many bytes found no room', async () => {
    const task = createLongTask<string>()
    const { work, reject, onProgress } = heldWork()
    task.start('Importing', work, 1_000)
    onProgress(0.25)
    reject(Object.assign(new Error('Storage is full.'), { name: 'QuotaExceededError' }))
    await settled()
    expect(task.getSnapshot()).toEqual({
      status: 'failed',
      message: 'Storage is full.',
      isFull: true,
      missing: 750,
    })
  })

  it('is attended until the last part of the page that shows it is gone', () => {
    const task = createLongTask<string>()
    const leave = [task.attend(), task.attend()]
    leave[0]?.()
    leave[0]?.()
    expect(task.attended.getSnapshot()).toBe(true)
    leave[1]?.()
    expect(task.attended.getSnapshot()).toBe(false)
  })
})
