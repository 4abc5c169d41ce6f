import { parseHistory, parseQueue, type StockHistory, type StockQueue } from '../wire/stockPrompts'
import type { Result } from '../../types'

/** What is asked of a stock ComfyUI over HTTP. Nothing rejects: undefined when it doesn't answer, or not with that. */
export interface StockReader {
  queue(): Promise<StockQueue | undefined>
  /** The newest entries. */
  history(): Promise<StockHistory | undefined>
  /** From the `offset`th entry on, counted from the oldest. */
  historyFrom(offset: number, count: number): Promise<StockHistory | undefined>
  entry(promptId: string): Promise<StockHistory | undefined>
}

/** As many entries are asked for at once: graphs and all, a history may be hundreds of MiB. */
export const HISTORY_PAGE = 64
const ANSWER_TIMEOUT_MS = 10_000
const MAX_CHARS = 64 * 1024 * 1024

/** Never rejects; aborting the signal answers undefined early. */
export function createStockReader(base: string, fetcher: typeof fetch, signal: AbortSignal): StockReader {
  const read = async <T>(
    path: string,
    parse: (body: string) => Result<T, string>,
  ): Promise<T | undefined> => {
    try {
      const timed = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)])
      const response = await fetcher(base + path, { signal: timed, cache: 'no-store' })
      const body = response.ok ? await readText(response) : undefined
      const parsed = body === undefined ? undefined : parse(body)
      return parsed?.ok ? parsed.value : undefined
    } catch {
      return undefined
    }
  }
  return {
    queue: () => read('/queue', parseQueue),
    history: () => read(`/history?max_items=${HISTORY_PAGE}`, parseHistory),
    historyFrom: (offset, count) => read(`/history?max_items=${count}&offset=${offset}`, parseHistory),
    entry: (promptId) => read(`/history/${encodeURIComponent(promptId)}`, parseHistory),
  }
}

/** The body, unless it is longer than any server's would be: then reading ends. */
async function readText(response: Response): Promise<string | undefined> {
  if (!response.body) return undefined
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true })
    if (text.length <= MAX_CHARS) continue
    await reader.cancel()
    return undefined
  }
  return text + decoder.decode()
}
