import { addTerm, FIELDS, valueMeant } from '../../services/telemetryFilterService'
import type { TelemetryFilter } from '../../types'

/** A free text that is what the pages call a value: `failed` is found in names and notes only, `status:failed` by how scenes ended. */
export interface MeantValue {
  readonly label: string
  readonly filter: TelemetryFilter
}

/** The values of closed fields that a filter's free text is the word of; none where it has no text. */
export function meantValues({ text, ...rest }: TelemetryFilter): readonly MeantValue[] {
  if (text === undefined) return []
  return (['status', 'reason'] as const).flatMap((field) => {
    const info = FIELDS[field]
    const value = info.kind === 'text' ? valueMeant(info, text) : undefined
    return value === undefined ? [] : [{ label: `${field}:${value}`, filter: addTerm(rest, field, value) }]
  })
}
