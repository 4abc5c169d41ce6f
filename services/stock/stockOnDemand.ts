import { lazily } from '../shared/lazily'
import { MAX_TOLD } from '../told/createToldChannel'
import type { ToldMessage } from '../wire/told'
import type { StockFallback } from './createStockFallback'

/** The fallback of a server that may turn out to have the node; until it is loaded it holds what is told. */
export interface StockOnDemand extends Pick<StockFallback, 'reset' | 'hear'> {
  /** To be asked for when the server is found to be a stock one. Rejects as `make` does; the next call tries again. */
  load(): Promise<StockFallback>
}

/** `make` is asked with the first `load`. */
export function stockOnDemand(make: () => Promise<StockFallback>): StockOnDemand {
  let fallback: StockFallback | undefined
  let told: readonly ToldMessage[] = []
  return {
    load: lazily(async () => {
      const made = await make()
      for (const message of told) made.hear(message)
      told = []
      return (fallback = made)
    }),
    reset() {
      fallback?.reset()
      // As the fallback's own: of runs it is not told again.
      told = told.filter(({ type }) => type !== 'run')
    },
    hear(message) {
      if (fallback) fallback.hear(message)
      else told = [...told, message].slice(-MAX_TOLD)
    },
  }
}
