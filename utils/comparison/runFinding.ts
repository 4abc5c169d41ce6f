import type { HistoricalRun, RunComparison } from '../../types'
import { whole } from '../format/formatCount'
import { countScenes, failedScenes, sceneTotals, type SceneCounts } from '../run/sceneCounts'
import type { RunWords } from './describeRun'
import { durationWords } from './durationWords'

/** What a comparison says first of a run: what failed, and how long the rest took. */
export interface RunFinding {
  /** `2 of 4 scenes failed or timed out, 0 of 4 in A`; absent where none did in either. */
  readonly failures?: string
  readonly words: RunWords
}

/** A run against one other, which `letter` names. */
export function findingAgainst(comparison: RunComparison, base: HistoricalRun, letter: string): RunFinding {
  const { current } = comparison
  const words = durationWords(comparison)
  const isDirected = words.shape === 'worse' || words.shape === 'better'
  const phrase = isDirected
    ? words.phrase.replace(words.word, `${words.word} than ${letter}`)
    : tooFew(words, comparison)
  return { ...failuresAgainst(current, base, letter), words: { ...words, ...sizeAs(words, letter), phrase } }
}

/** `0.99× as long as A:`, `0.99× as long as A scene by scene:` */
const sizeAs = ({ size }: RunWords, letter: string): Pick<RunWords, 'size'> =>
  size === undefined ? {} : { size: size.replace(/ as long(.*:)$/, ` as long as ${letter}$1`) }

/** A run against the earlier ones that are like it. */
export const findingOf = (comparison: RunComparison): RunFinding => ({
  ...failuresAgainst(comparison.current),
  words: durationWords(comparison),
})

/** More runs don't help two that are fixed. */
function tooFew({ phrase }: RunWords, { current, evidence, historical }: RunComparison): string {
  if (current.status === 'running') return phrase
  if (historical.length === 0 || !evidence.duration) return 'cannot tell: no scenes alike'
  return evidence.duration.moreRunsNeeded === undefined ? phrase : TOO_FEW_SCENES
}

/** From four against four on, the exact test can reach 5 %: its smallest p is 2 in 70. */
export const TOO_FEW_SCENES = 'cannot tell: each run needs 4 scenes alike'

function failuresAgainst(
  run: HistoricalRun,
  base?: HistoricalRun,
  letter = '',
): Pick<RunFinding, 'failures'> {
  const [mine, theirs] = [failuresOf(run), base && failuresOf(base)]
  if (mine.failed + (theirs?.failed ?? 0) === 0) return {}
  const verb = verbOf([mine.counts, ...(theirs ? [theirs.counts] : [])])
  return {
    failures: `${share(mine)} scenes ${verb}${theirs === undefined ? '' : `, ${share(theirs)} in ${letter}`}`,
  }
}

interface Failures {
  readonly counts: SceneCounts
  readonly failed: number
  readonly of: number
}

const share = ({ failed, of }: Failures): string => `${whole(failed)} of ${whole(of)}`

/** A scene that ran out of time is not said to have failed. */
function verbOf(counts: readonly SceneCounts[]): string {
  const verbs = [
    ...(counts.some(({ failed }) => failed > 0) ? ['failed'] : []),
    ...(counts.some(({ timeout }) => timeout > 0) ? ['timed out'] : []),
  ]
  return verbs.join(' or ')
}

function failuresOf({ scenes, sceneCount }: HistoricalRun): Failures {
  const counts = countScenes(scenes)
  return { counts, failed: failedScenes(counts), of: sceneTotals({ counts, sceneCount }).of }
}
