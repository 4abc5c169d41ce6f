import type { RunQuery } from '../../types'

export type SortKey = NonNullable<RunQuery['sort']>['by']
export type RunSort = NonNullable<RunQuery['sort']>

/** A column of the table of runs. */
export interface RunColumn {
  readonly id: string
  readonly title: string
  /** Absent: it cannot be sorted by. */
  readonly sort?: SortKey
  /** Least width, px; a share of what is left over goes to a column that grows. */
  readonly width: number
  readonly grow?: number
  readonly isFigure?: boolean
  /** Shown until somebody chooses otherwise. */
  readonly isUsual: boolean
}

/** In the order in which they are shown. */
export const RUN_COLUMNS = [
  { id: 'when', title: 'When', sort: 'timestamp', width: 104, isUsual: true },
  { id: 'story', title: 'Story', sort: 'runName', width: 152, grow: 2, isUsual: true },
  { id: 'storyId', title: 'Story id', sort: 'storyId', width: 120, isUsual: false },
  { id: 'server', title: 'Server', width: 112, isUsual: true },
  { id: 'status', title: 'Status', sort: 'status', width: 152, isUsual: true },
  { id: 'scenes', title: 'Scenes', sort: 'scenes', width: 72, isFigure: true, isUsual: true },
  { id: 'average', title: 'Avg scene', sort: 'averageDuration', width: 84, isFigure: true, isUsual: true },
  { id: 'verdict', title: 'vs like runs', width: 152, isUsual: true },
  { id: 'success', title: 'Success', sort: 'successRate', width: 84, isFigure: true, isUsual: true },
  { id: 'vram', title: 'Free VRAM', sort: 'gpuAverageFree', width: 104, isFigure: true, isUsual: true },
  { id: 'fallbacks', title: 'Fallbacks', sort: 'fallbackCount', width: 96, isFigure: true, isUsual: true },
  { id: 'gpu', title: 'GPU', width: 160, isUsual: false },
  { id: 'tags', title: 'Tags', width: 168, grow: 1, isUsual: true },
] as const satisfies readonly RunColumn[]
export type ColumnId = (typeof RUN_COLUMNS)[number]['id']
/** A column of the catalogue. */
export type KnownColumn = RunColumn & { readonly id: ColumnId }

export const USUAL_COLUMNS: readonly ColumnId[] = RUN_COLUMNS.filter(({ isUsual }) => isUsual).map(
  ({ id }) => id,
)

/** What of the usual ones is given up last where there is little room. */
const BY_WORTH: readonly ColumnId[] = [
  'story',
  'when',
  'status',
  'scenes',
  'average',
  'verdict',
  'success',
  'vram',
  'tags',
  'fallbacks',
  'server',
]

/** The checkbox's own column, px. */
export const SELECT_PX = 40

/** What a run shows in its two lines on a phone. */
export const TWO_LINE_COLUMNS: readonly KnownColumn[] = RUN_COLUMNS.filter(({ id }) =>
  ['when', 'story', 'status', 'scenes', 'average', 'verdict'].includes(id),
)

/** What the table shows, in its order; the story is always among them. */
export interface ColumnChoice {
  /** Undefined where nobody has chosen: the usual ones. */
  readonly chosen: readonly ColumnId[] | undefined
  /** Only where several servers are known there is one to tell. */
  readonly hasServers: boolean
}

/** All that was chosen, however wide that is; where nobody has chosen, the usual ones that fit side by side into `width` px. */
export function shownColumns({ chosen, hasServers }: ColumnChoice, width: number): readonly KnownColumn[] {
  const isThere = (id: ColumnId): boolean => id !== 'server' || hasServers
  if (!chosen) return fitColumns(USUAL_COLUMNS.filter(isThere), width)
  return RUN_COLUMNS.filter(({ id }) => id === 'story' || (chosen.includes(id) && isThere(id)))
}

/** What they need at the least, the checkbox included, px. */
export const widthOf = (columns: readonly RunColumn[]): number =>
  columns.reduce((sum, { width }) => sum + width, SELECT_PX)

/**
 * Where the table is scrolled sideways to for a column to be in sight, beside the checkbox and the story, which stay; 0 is the checkbox.
 * `left` and `width`: what is seen now, px.
 */
export function scrolledTo(
  columns: readonly RunColumn[],
  column: number,
  { left, width }: { readonly left: number; readonly width: number },
): number {
  const at = columns[column - 1]
  if (!at || at.id === 'story') return left
  const from = widthOf(columns.slice(0, column - 1))
  const staying = widthOf(columns.filter(({ id }, index) => id === 'story' && index < column - 1))
  return Math.max(from + at.width - width, Math.min(left, from - staying))
}

function fitColumns(wanted: readonly ColumnId[], width: number): readonly KnownColumn[] {
  let left = width - SELECT_PX
  const fits = new Set<ColumnId>()
  for (const id of BY_WORTH.filter((each) => wanted.includes(each))) {
    const needed = RUN_COLUMNS.find((column) => column.id === id)?.width ?? 0
    if (needed > left && fits.size > 0) continue
    left -= needed
    fits.add(id)
  }
  return RUN_COLUMNS.filter(({ id }) => fits.has(id))
}

/** `grid-template-columns` of a row, the checkbox first. */
export const gridTemplate = (columns: readonly RunColumn[]): string =>
  [
    `${SELECT_PX}px`,
    ...columns.map(({ width, grow }) =>
      grow ? `minmax(${width}px, ${grow}fr)` : `minmax(${width}px, 0.5fr)`,
    ),
  ].join(' ')

export const isColumnId = (text: string): text is ColumnId => RUN_COLUMNS.some(({ id }) => id === text)

/** The order that a click on a column's head asks for: greatest or newest first, texts from A; again turns it round. */
export function nextSort(by: SortKey, current: RunSort): RunSort {
  if (current.by === by) return { by, direction: current.direction === 'asc' ? 'desc' : 'asc' }
  return { by, direction: TEXTS.has(by) ? 'asc' : 'desc' }
}

const TEXTS: ReadonlySet<SortKey> = new Set(['runName', 'storyId', 'status'])

export const NEWEST_FIRST: RunSort = { by: 'timestamp', direction: 'desc' }
/** What has the words that are sought best. */
export const BEST_FIRST: RunSort = { by: 'relevance', direction: 'desc' }
