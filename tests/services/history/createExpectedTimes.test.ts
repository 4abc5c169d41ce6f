import { describe, expect, it, vi } from 'vitest'
import { createExpectedTimes } from '../../../services/history/createExpectedTimes'
import { createMemoryStorage } from '../../../services/history/memoryStorage'

const environment = { workflowHash: 'w', gpuName: 'g' }
const attempt = { attempt: 1, exitReason: 'success', duration: 1_000, cold: false, environment } as const

describe('the expected times', () => {
  it('are read again when reading failed, and a failed reading troubles nobody who saves', async () => {
    const storage = createMemoryStorage()
    const times = createExpectedTimes(storage)
    vi.spyOn(storage, 'read').mockRejectedValueOnce(new Error('closed'))
    const asked = times.of(environment, false)
    times.add([attempt])
    await expect(asked).rejects.toThrow('closed')
    expect(await times.of(environment, false)).toBeUndefined()
    times.add([attempt])
    expect(await times.of(environment, false)).toEqual({ median: 1_000, n: 1 })
  })
})
