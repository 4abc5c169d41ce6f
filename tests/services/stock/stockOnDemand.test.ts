import { describe, expect, it, vi } from 'vitest'
import type { StockFallback } from '../../../services/stock/createStockFallback'
import { stockOnDemand } from '../../../services/stock/stockOnDemand'
import { MAX_TOLD } from '../../../services/told/createToldChannel'
import type { ToldMessage } from '../../../services/wire/told'

const base = 'http://gpu-box:8188'
const label = (promptId: string): ToldMessage => ({
  type: 'label',
  base,
  at: 1,
  promptId,
  runId: 'night',
  sceneId: 'a',
})
const run: ToldMessage = { type: 'run', base, at: 1, runId: 'night', event: 'begin' }

function fallback() {
  const heard: ToldMessage[] = []
  const made = {
    heard,
    hear: (message: ToldMessage) => void heard.push(message),
    reset: vi.fn(),
    start: vi.fn(),
  }
  return made satisfies Pick<StockFallback, 'hear' | 'reset' | 'start'> & { heard: ToldMessage[] }
}

describe('the fallback before it is wanted', () => {
  it('hears what was told before it was loaded, in that order, and what is told after', async () => {
    const made = fallback()
    const stock = stockOnDemand(async () => made)
    stock.hear(label('p-1'))
    stock.hear(label('p-2'))
    expect(made.heard).toEqual([])
    await stock.load()
    stock.hear(label('p-3'))
    expect(made.heard).toEqual([label('p-1'), label('p-2'), label('p-3')])
  })

  it('keeps the newest of what is told meanwhile, and no more than the fallback itself would', async () => {
    const made = fallback()
    const stock = stockOnDemand(async () => made)
    for (let i = 0; i <= MAX_TOLD; i++) stock.hear(label(`p-${i}`))
    await stock.load()
    expect(made.heard).toHaveLength(MAX_TOLD)
    expect(made.heard.at(-1)).toEqual(label(`p-${MAX_TOLD}`))
  })

  it('keeps what was told when it could not be loaded, and tries again when asked again', async () => {
    const made = fallback()
    const make = vi.fn(async (): Promise<StockFallback> => made)
    make.mockRejectedValueOnce(new Error('offline'))
    const stock = stockOnDemand(make)
    stock.hear(label('p-1'))
    await expect(stock.load()).rejects.toThrow('offline')
    await stock.load()
    expect(made.heard).toEqual([label('p-1')])
  })

  it('forgets with a reset what it is not told again, as the fallback does', async () => {
    const made = fallback()
    const stock = stockOnDemand(async () => made)
    stock.hear(run)
    stock.hear(label('p-1'))
    stock.reset()
    await stock.load()
    expect(made.heard).toEqual([label('p-1')])
    stock.reset()
    expect(made.reset).toHaveBeenCalledOnce()
  })
})
