import type { ChartRequest, RunField, SceneField } from '../../types'
import { policyTexts } from './fieldValues'

/** A field and what a filter asks of it. */
export interface FieldValue {
  readonly field: SceneField | RunField
  readonly value: string
}
type GroupBy = NonNullable<ChartRequest['by']>

/** What finds the runs of a group; undefined where no filter does: runs that say nothing of it have no value to be found by. */
export function valueOfGroup(by: GroupBy, key: string): FieldValue | undefined {
  const value = by === 'policy' ? policyValue(key) : key
  return value === undefined || value === '' ? undefined : { field: FIELDS[by], value }
}

const FIELDS = {
  policy: 'policy',
  gpuName: 'gpu',
  workflow: 'workflow',
  model: 'model',
  day: 'date',
} as const satisfies Readonly<Record<GroupBy, FieldValue['field']>>

/** All of its limits, as a filter compares them. */
function policyValue(key: string): string | undefined {
  try {
    return policyTexts(JSON.parse(key)).at(-1)
  } catch {
    return undefined // no policy
  }
}
