import { FIELDS, wordOf } from '../../services/telemetryFilterService'
import type { Facets } from '../../types'
import { shortName } from '../format/shortName'
import type { FilterField } from './choices'

/** A list of values in the panel. */
export interface FilterListInfo {
  readonly facet: Exclude<keyof Facets, 'duration'>
  readonly field: FilterField
  readonly title: string
  /** All there can be, where that is known: shown even where no run has them. */
  readonly values?: readonly string[]
  /** What a choice finds, where its name doesn't say it. */
  readonly finds?: string
  /** Unfolded from the start. */
  readonly isUsual: boolean
}

const ANY_SCENE = 'Runs with any scene that ended so'
const STATUSES = ['success', 'failed', 'timeout', 'skipped']

/** In the order of the panel. */
export const FILTER_LISTS: readonly FilterListInfo[] = [
  { facet: 'status', field: 'status', title: 'Status', values: STATUSES, finds: ANY_SCENE, isUsual: true },
  { facet: 'gpuModel', field: 'gpu', title: 'GPU', isUsual: true },
  { facet: 'storyId', field: 'story', title: 'Story', isUsual: true },
  { facet: 'tag', field: 'tag', title: 'Tags', isUsual: true },
  { facet: 'exitReason', field: 'reason', title: 'Exit reason', isUsual: false },
  { facet: 'source', field: 'source', title: 'Server', isUsual: false },
  { facet: 'workflow', field: 'workflow', title: 'Workflow', isUsual: false },
]

/** What people call a value. */
export function valueLabel(
  field: FilterField,
  value: string,
  sources: ReadonlyMap<string, string> | null = null,
): string {
  if (field === 'source') return sources?.get(value) ?? shortName(value)
  if (field === 'workflow') return value.slice(0, 12)
  const info = FIELDS[field]
  return info.kind === 'text' ? wordOf(info, value) : value
}
