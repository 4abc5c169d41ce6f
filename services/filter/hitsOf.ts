import type { HistoricalRun, Match, TelemetryFilter } from '../../types'
import { askedTerms } from './askedTerms'
import { compileFilter } from './compileFilter'
import { expressionOf } from './expressionOf'
import { hitFinder, type Range } from './hitRanges'
import type { RegexEngine } from './regexEngine'
import type { Field } from './terms'

/**
 * Which scenes of a run the filter is true of, and where its words stand in what people read: `notes`, `runName`, `runId`, `storyId`,
 * `tags.0`, and of a scene `sceneId` and `error.message`. Ranges are [start, end) in UTF-16 units, in order, none overlapping. Words that
 * are excluded are no hits. A run that doesn't match has none. At most 1,000 hits of 100 ranges each.
 */
export function hitsOf(
  run: HistoricalRun,
  filter: TelemetryFilter,
  now: number,
  regex: RegexEngine | undefined,
): Match {
  const matches = compileFilter(filter, regex)(run, now)
  const scenes = run.scenes.filter((_, index) => matches[index]).map(({ sceneId }) => sceneId)
  if (!matches.includes(true)) return { runId: run.runId, scenes, hits: [] }
  const finders = askedTerms(expressionOf(filter)).map((term) => ({
    field: term.field,
    find: hitFinder(term, regex),
  }))
  const hits = placesOf(run).flatMap(({ fields, text, ...place }) => {
    const found = finders.filter(({ field }) => fields.includes(field)).flatMap(({ find }) => find(text))
    return found.length === 0 ? [] : [{ ...place, ranges: joined(found) }]
  })
  return { runId: run.runId, scenes, hits: hits.slice(0, MAX_HITS) }
}

const MAX_HITS = 1_000

interface Place {
  /** As it is named in a hit, and the fields a term of which is sought there. */
  readonly field: string
  readonly fields: readonly Field[]
  readonly sceneId?: string
  readonly text: string
}

function placesOf(run: HistoricalRun): readonly Place[] {
  const place = (field: string, fields: readonly Field[], text: string | undefined): readonly Place[] =>
    text === undefined ? [] : [{ field, fields: [...fields, 'text'], text }]
  return [
    ...place('runName', ['name'], run.runName),
    ...place('notes', [], run.notes),
    ...(run.tags ?? []).flatMap((tag, index) => place(`tags.${index}`, ['tag'], tag)),
    ...place('runId', ['run'], run.runId),
    ...place('storyId', ['story'], run.storyId),
    ...run.scenes.flatMap(({ sceneId, error }) =>
      [...place('sceneId', ['scene'], sceneId), ...place('error.message', ['error'], error?.message)].map(
        (each) => ({
          ...each,
          sceneId,
        }),
      ),
    ),
  ]
}

/** In order, those that touch as one. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const whole: [number, number][] = []
  for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = whole.at(-1)
    if (last === undefined || start > last[1]) whole.push([start, end])
    else last[1] = Math.max(last[1], end)
  }
  return whole
}
