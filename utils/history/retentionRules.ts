import type { Result, RetentionRules } from '../../types'

/** The rules as they are written into their fields; '' where there is none. */
export interface RetentionDraft {
  readonly days: string
  readonly runs: string
  readonly megabytes: string
  readonly keepTagged: boolean
}

const MEGABYTE = 2 ** 20

/** What the fields ask for, or why it cannot be done. */
export function retentionRules({
  days,
  runs,
  megabytes,
  keepTagged,
}: RetentionDraft): Result<RetentionRules, string> {
  const [age, most, room] = [days, runs, megabytes].map(readAmount)
  if ([age, most, room].includes(null)) return { ok: false, error: 'A number such as 30 was expected.' }
  if (age === undefined && most === undefined && room === undefined)
    return { ok: false, error: 'Fill in one of the three, or more: a run goes when one of them asks for it.' }
  return {
    ok: true,
    value: {
      keepTagged,
      ...(typeof age === 'number' ? { maxAgeDays: age } : {}),
      ...(typeof most === 'number' ? { maxRuns: Math.floor(most) } : {}),
      ...(typeof room === 'number' ? { maxBytes: room * MEGABYTE } : {}),
    },
  }
}

/** The address at which the storage settings say what deleting all but the newest `keep` runs would do. */
export const keepHref = (keep: number): string => `#/settings/storage?keep=${keep}`

/** What such an address asks for; undefined when it asks for nothing. */
export function keepOf(query: URLSearchParams): number | undefined {
  const [text] = /^\d{1,9}$/.exec(query.get('keep') ?? '') ?? []
  return text === undefined ? undefined : Number(text)
}

/** Undefined when nothing is written, null when it is no amount. */
function readAmount(text: string): number | undefined | null {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  return /^\d{1,9}([.,]\d{1,3})?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : null
}
