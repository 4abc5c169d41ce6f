import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hitsOf } from '../../../services/filter/hitsOf'
import { regexEngine } from '../../../services/filter/regexEngine'
import { fold, matchesFilter, parseQuery } from '../../../services/telemetryFilterService'
import type { HistoricalRun, HistoricalSceneMetrics, Match } from '../../../types'
import { arbitraryFilter, arbitraryRun, NOW } from '../../helpers/arbitraryRuns'

const scene = (sceneId: string, more: Partial<HistoricalSceneMetrics> = {}): HistoricalSceneMetrics => ({
  sceneId,
  attempts: 1,
  status: 'success',
  ...more,
})
const runWith = (members: Partial<HistoricalRun>): HistoricalRun => ({
  runId: 'r1',
  timestamp: NOW,
  scenes: [],
  fallbackCount: 0,
  ...members,
})
function hits(run: HistoricalRun, query: string): Match {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return hitsOf(run, parsed.value, NOW, regexEngine)
}
/** What a reader would see marked. */
const marked = (text: string, { hits: [hit] }: Match): readonly string[] =>
  (hit?.ranges ?? []).map(([start, end]) => text.slice(start, end))

describe('hits', () => {
  it('name the scenes that matched, and no other', () => {
    const failed = scene('b', { status: 'failed', error: { type: 'Oom', message: 'CUDA out of memory' } })
    const match = hits(runWith({ scenes: [scene('a'), failed, scene('c')] }), 'status:failed error:memory')
    expect(match).toEqual({
      runId: 'r1',
      scenes: ['b'],
      hits: [{ sceneId: 'b', field: 'error.message', ranges: [[12, 18]] }],
    })
  })

  it.each([
    ['L’ÉTÉ, l’été', 'ete', ['ÉTÉ', 'été']],
    ['e\u0301te\u0301 loin', 'été', ['e\u0301te\u0301']],
    ['a ﬁlm', 'film', ['ﬁlm']],
    ['ＲＴＸ on', 'rtx', ['ＲＴＸ']],
    ['🎬 take', 'take', ['take']],
    ['night', 'nigh ight', ['night']],
    ['night run', 'text:/n\\w?/', ['ni', 'n']],
  ])('mark in "%s" for %s what stands there', (notes, query, texts) => {
    expect(marked(notes, hits(runWith({ notes }), query))).toEqual(texts)
  })

  it('say which tag it was', () => {
    const match = hits(runWith({ tags: ['day', 'night run'] }), 'tag:night*')
    expect(match.hits).toEqual([{ field: 'tags.1', ranges: [[0, 9]] }])
  })

  it('are none for what is excluded, and none in a run that doesn’t match', () => {
    const run = runWith({ runName: 'night', notes: 'rain' })
    expect(hits(run, 'night -day').hits.map(({ field }) => field)).toEqual(['runName'])
    expect(hits(run, 'night -rain')).toEqual({ runId: 'r1', scenes: [], hits: [] })
  })

  it('are bounded in a text that has thousands', () => {
    const match = hits(runWith({ notes: 'a b '.repeat(5_000) }), 'a')
    expect(match.hits[0]?.ranges).toHaveLength(100)
  })

  it('lie in order within their text, and mark nothing that a search for words doesn’t find', () => {
    fc.assert(
      fc.property(
        arbitraryRun(),
        arbitraryFilter(),
        fc.constantFrom('n', 'É', 'ss', '日', ' '),
        (run, filter, word) => {
          const both = { ...filter, text: word }
          const match = hitsOf(run, both, NOW, regexEngine)
          if (!matchesFilter(run, both, NOW)) expect(match.hits).toEqual([])
          const ends = match.hits.flatMap(({ ranges }) => ranges.map(([start, end]) => end - start))
          expect(ends.every((length) => length > 0)).toBe(true)
          for (const { ranges } of match.hits) expect(ranges).toEqual([...ranges].sort(([a], [b]) => a - b))
          const alone = hitsOf(run, { text: word }, NOW, regexEngine)
          const notes = alone.hits.find(({ field }) => field === 'notes')
          const texts = notes?.ranges.map(([start, end]) => fold((run.notes ?? '').slice(start, end))) ?? []
          expect(texts.every((text) => text.includes(fold(word)))).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
