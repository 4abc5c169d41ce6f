import type { LiveEvent, LiveState, RealtimeState } from '../../types'
import { eventLine, type EventLine } from './eventLine'
import { gapSentence } from './gapSentence'

/** A line of the event log: what happened to a scene of a run, or that the page heard nothing for a while. */
export type LogLine = { readonly id: string; /** By the server's clock. */ readonly at: number } & (
  | ({ readonly kind: 'scene'; /** Absent: nobody named it. */ readonly run: string | undefined } & EventLine)
  | { readonly kind: 'gap'; readonly words: string; readonly isError: boolean }
)

/** A selector of the log's lines, oldest first. Answers the same reference until one more came, or a run got its name. */
export function createLogSelector(): (state: LiveState) => readonly LogLine[] {
  let last: { readonly of: readonly unknown[]; readonly lines: readonly LogLine[] } = { of: [], lines: [] }
  return (state) => {
    const { events, gaps, runs, server, silentSince } = state
    const names = new Map(
      runs.flatMap(({ runId, runName }) => (runName === undefined ? [] : [[runId, runName]])),
    )
    const of = [events, gaps, silentSince, [...names].join()]
    if (of.every((each, i) => each === last.of[i])) return last.lines
    const clockOffset = server?.clockOffset ?? 0
    const lines = [
      ...gaps.map((gap) => gapLine(gap, clockOffset)),
      ...(silentSince === undefined ? [] : [lossLine(silentSince - clockOffset)]),
      ...events.map((event) => sceneLine(event, names)),
    ]
    last = { of, lines: inOrder(lines) }
    return last.lines
  }
}

function sceneLine({ id, at, update }: LiveEvent, names: ReadonlyMap<string, string>): LogLine {
  const run = update.runName ?? names.get(update.runId ?? '')
  return { kind: 'scene', id, at, run, ...eventLine(update) }
}

function gapLine(gap: RealtimeState['gaps'][number], clockOffset: number): LogLine {
  const { from, to, lost } = gap
  return {
    kind: 'gap',
    id: `gap-${from}-${to}`,
    at: from - clockOffset,
    words: gapSentence(gap),
    isError: lost !== 0,
  }
}

/** Stands until the server is heard again and the gap says what became of it. */
const lossLine = (at: number): LogLine => ({
  kind: 'gap',
  id: `silent-${at}`,
  at,
  words: 'Connection lost. What happens until it is back is not known yet.',
  isError: true,
})

/** The scenes' lines stay in the journal's order, though its clock be set back; a gap stands before what came after it began. */
function inOrder(lines: readonly LogLine[]): readonly LogLine[] {
  const gaps = lines.filter(({ kind }) => kind === 'gap')
  const rest = lines.filter(({ kind }) => kind === 'scene')
  return gaps.reduce<readonly LogLine[]>((placed, gap) => {
    const at = placed.findIndex((line) => line.at > gap.at)
    return at < 0 ? [...placed, gap] : [...placed.slice(0, at), gap, ...placed.slice(at)]
  }, rest)
}
