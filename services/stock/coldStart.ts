import type { StockEntry } from '../wire/stockPrompts'
import { environmentOf } from './environmentOf'
import type { OpenPromptState } from './stockPrompt'

/** What executed last, and with which models. */
export interface NewestEntry {
  readonly promptId: string
  readonly models: string
}

/** The models of an entry as one text, to be compared. */
export const modelsOf = (entry: StockEntry): string =>
  (environmentOf(entry.graph, undefined).models ?? []).join('\n')

/** Of a page of the history; the same reference while it is the same entry. */
export function newestOf(
  entries: readonly StockEntry[],
  before: NewestEntry | undefined,
): NewestEntry | undefined {
  const entry = entries.at(-1)
  if (!entry || entry.promptId === before?.promptId) return entry && before
  return { promptId: entry.promptId, models: modelsOf(entry) }
}

/** The first prompt of a server, or one after another set of models. That models were freed in between nobody tells. */
export function noteCold(prompt: OpenPromptState, before: string | undefined): void {
  const isOther = before !== undefined && before !== (prompt.environment.models ?? []).join('\n')
  if (prompt.number === 0 || isOther) prompt.cold = true
}
