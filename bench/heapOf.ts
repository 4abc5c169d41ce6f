import type { Page } from '@playwright/test'

interface Usage {
  readonly usedSize: number
  readonly backingStorageSize?: number
}

/**
 * The JavaScript heaps of a page and its workers after a collection, array buffers included, in bytes: `Runtime.getHeapUsage`, used
 * and backing storage.
 */
export async function heapOf(page: Page): Promise<{ readonly page: number; readonly workers: number }> {
  const session = await page.context().newCDPSession(page)
  const workers: Usage[] = []
  const asked: string[] = []
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: Usage }
    if (id === 2 && result) workers.push(result)
  })
  session.on('Target.attachedToTarget', ({ sessionId }) => void asked.push(sessionId))
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  })
  for (const sessionId of asked)
    for (const [id, method] of [
      [1, 'HeapProfiler.collectGarbage'],
      [2, 'Runtime.getHeapUsage'],
    ])
      await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
  await session.send('HeapProfiler.collectGarbage')
  const own: Usage = await session.send('Runtime.getHeapUsage')
  while (workers.length < asked.length) await page.waitForTimeout(50)
  await session.detach()
  return { page: sizeOf(own), workers: workers.reduce((sum, usage) => sum + sizeOf(usage), 0) }
}

const sizeOf = ({ usedSize, backingStorageSize = 0 }: Usage): number => usedSize + backingStorageSize
