import { describe, expect, it, vi } from 'vitest'
import { lazily } from '../../../services/shared/lazily'
import { loadPart } from '../../../services/shared/loadPart'

describe('what is made when it is wanted', () => {
  it('is made once, however many ask at a time', async () => {
    const make = vi.fn(async () => ({}))
    const get = lazily(make)
    expect(make).not.toHaveBeenCalled()
    const [first, second] = await Promise.all([get(), get()])
    expect(first).toBe(second)
    expect(make).toHaveBeenCalledOnce()
  })

  it('is tried again by the next who asks, when it could not be made', async () => {
    const make = vi.fn(async () => 'made')
    make.mockRejectedValueOnce(new Error('offline'))
    const get = lazily(make)
    await expect(get()).rejects.toThrow('offline')
    await expect(get()).resolves.toBe('made')
  })
})

it('a part of the code that cannot be had is refused with a sentence, and its cause with it', async () => {
  const cause = new TypeError('Failed to fetch dynamically imported module')
  const failed = loadPart(() => Promise.reject(cause))
  await expect(failed).rejects.toMatchObject({ message: expect.stringMatching(/reload the page\.$/), cause })
  await expect(loadPart(async () => 1)).resolves.toBe(1)
})
