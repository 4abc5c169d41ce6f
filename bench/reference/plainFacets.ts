import type { CodedColumn, ColumnChunk } from '../../services/columns/columnChunk'

/** What some scene of a run must meet; each facet leaves out the criterion of its own field. */
export interface PlainFacetCriteria {
  readonly status: string
  readonly gpu: string
  /** ms. */
  readonly minDuration: number
}
/** Number of runs by value, of each facet. */
export type PlainFacets = Readonly<Record<string, ReadonlyMap<string, number>>>

type Left = Partial<PlainFacetCriteria>

/** Row F4's reference: one counting pass over the typed arrays for each facet, by hand. */
export function plainFacets(all: readonly ColumnChunk[], criteria: PlainFacetCriteria): PlainFacets {
  const { status, gpu, minDuration } = criteria
  return {
    status: byScene(all, ({ sceneTexts }) => sceneTexts.status, { gpu, minDuration }),
    exitReason: byScene(all, ({ sceneTexts }) => sceneTexts.reason, criteria),
    gpuModel: byScene(all, ({ sceneTexts }) => sceneTexts.gpu, { status, minDuration }),
    workflow: byScene(all, ({ sceneTexts }) => sceneTexts.workflow, criteria),
    tag: byRun(all, ({ runTexts }) => runTexts.tags, criteria),
    source: byRun(all, ({ runTexts }) => runTexts.source, criteria),
    storyId: byRun(all, ({ runTexts }) => runTexts.storyId, criteria),
    duration: byDuration(all, { status, gpu }),
  }
}

type ColumnOf = (chunk: ColumnChunk) => CodedColumn

function byScene(
  all: readonly ColumnChunk[],
  columnOf: ColumnOf,
  criteria: Left,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const chunk of all) {
    const { values, codes } = columnOf(chunk)
    const found = new Uint32Array(values.length + 1)
    const last = new Int32Array(values.length + 1).fill(-1)
    const { starts, runIds, sceneNumbers, sceneTexts } = chunk
    const { deletedAt } = chunk.runNumbers
    const { duration } = sceneNumbers
    const statuses = sceneTexts.status.codes
    const gpus = sceneTexts.gpu.codes
    const status = codeOf(sceneTexts.status, criteria.status)
    const gpu = codeOf(sceneTexts.gpu, criteria.gpu)
    const min = criteria.minDuration ?? -1
    for (let run = 0; run < runIds.length; run++) {
      if (!Number.isNaN(deletedAt[run])) continue
      const end = starts[run + 1] as number
      for (let scene = starts[run] as number; scene < end; scene++) {
        const code = codes[scene] as number
        if (last[code] === run) continue
        if (status !== ANY && statuses[scene] !== status) continue
        if (gpu !== ANY && gpus[scene] !== gpu) continue
        if (min >= 0 && !((duration[scene] as number) >= min)) continue
        last[code] = run
        found[code] = (found[code] as number) + 1
      }
    }
    values.forEach((value, index) => add(counts, value, found[index + 1] as number))
  }
  return counts
}

function byRun(all: readonly ColumnChunk[], columnOf: ColumnOf, criteria: Left): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const chunk of all) {
    const { values, codes } = columnOf(chunk)
    const found = new Uint32Array(values.length + 1)
    const { starts, runIds, sceneNumbers, sceneTexts } = chunk
    const { deletedAt } = chunk.runNumbers
    const { duration } = sceneNumbers
    const statuses = sceneTexts.status.codes
    const gpus = sceneTexts.gpu.codes
    const status = codeOf(sceneTexts.status, criteria.status)
    const gpu = codeOf(sceneTexts.gpu, criteria.gpu)
    const min = criteria.minDuration ?? -1
    for (let run = 0; run < runIds.length; run++) {
      if (!Number.isNaN(deletedAt[run])) continue
      const end = starts[run + 1] as number
      for (let scene = starts[run] as number; scene < end; scene++) {
        if (status !== ANY && statuses[scene] !== status) continue
        if (gpu !== ANY && gpus[scene] !== gpu) continue
        if (min >= 0 && !((duration[scene] as number) >= min)) continue
        const code = codes[run] as number
        found[code] = (found[code] as number) + 1
        break
      }
    }
    values.forEach((value, index) => add(counts, value, found[index + 1] as number))
  }
  return counts
}

/** By decade and fifth of one, as its bars are. */
function byDuration(all: readonly ColumnChunk[], criteria: Left): ReadonlyMap<string, number> {
  const found = new Uint32Array(64)
  const last = new Int32Array(64)
  for (const chunk of all) {
    const { starts, runIds, sceneNumbers, sceneTexts } = chunk
    const { deletedAt } = chunk.runNumbers
    const { duration } = sceneNumbers
    const statuses = sceneTexts.status.codes
    const gpus = sceneTexts.gpu.codes
    const status = codeOf(sceneTexts.status, criteria.status)
    const gpu = codeOf(sceneTexts.gpu, criteria.gpu)
    last.fill(-1)
    for (let run = 0; run < runIds.length; run++) {
      if (!Number.isNaN(deletedAt[run])) continue
      const end = starts[run + 1] as number
      for (let scene = starts[run] as number; scene < end; scene++) {
        if (statuses[scene] !== status || gpus[scene] !== gpu) continue
        const ms = duration[scene] as number
        if (ms !== ms) continue
        const bar = ms < 1_000 ? 0 : 1 + Math.floor(5 * Math.log10(ms / 1_000))
        if (last[bar] === run) continue
        last[bar] = run
        found[bar] = (found[bar] as number) + 1
      }
    }
  }
  return new Map(
    Array.from(found, (count, bar) => [String(bar), count] as const).filter(([, count]) => count > 0),
  )
}

const ANY = -1

const codeOf = ({ values }: CodedColumn, value: string | undefined): number =>
  value === undefined ? ANY : values.indexOf(value) + 1 || values.length + 1

function add(counts: Map<string, number>, value: string, count: number): void {
  if (count > 0) counts.set(value, (counts.get(value) ?? 0) + count)
}
