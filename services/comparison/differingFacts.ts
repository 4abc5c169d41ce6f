/** What a run ran with; of several in one run, a line each, sorted. Policies are compared as a whole, in any canonical text. */
export type TrendFacts = Readonly<Partial<Record<FactName, string>>>
/** What is told of a change, where it differs. */
export type FactName =
  'gpuDriver' | 'comfyVersion' | 'torchVersion' | 'gpuName' | 'models' | 'workflowHash' | 'policy'

/**
 * What changed between two stretches of runs, in words: a fact that nearly all runs of each side share, with another value on the
 * other side. What only some runs differ in, or nobody knows, explains nothing and is left out.
 */
export function differingFacts(
  before: readonly TrendFacts[],
  after: readonly TrendFacts[],
): readonly string[] {
  return FACTS.flatMap(([name, sayChange]) => {
    const [from, to] = [sharedBy(before, name), sharedBy(after, name)]
    return from === undefined || to === undefined || from === to ? [] : [sayChange(from, to)]
  })
}

/** A change may be found a run or two beside where it was. */
const NEARLY_ALL = 0.8

type SayChange = (from: string, to: string) => string

const named =
  (word: string): SayChange =>
  (from, to) => {
    const [old, recent] = [from.split('\n'), to.split('\n')]
    const [gone, come] = [
      old.filter((each) => !recent.includes(each)),
      recent.filter((each) => !old.includes(each)),
    ]
    return `${word} ${gone.join(', ') || 'none'} → ${come.join(', ') || 'none'}`
  }

/** What people act on most, first. A workflow's hash and a policy's text tell them nothing. */
const FACTS: readonly (readonly [FactName, SayChange])[] = [
  ['models', named('model')],
  ['gpuName', named('GPU')],
  ['gpuDriver', named('driver')],
  ['comfyVersion', named('ComfyUI')],
  ['torchVersion', named('torch')],
  ['workflowHash', () => 'workflow'],
  ['policy', () => 'policy'],
]

function sharedBy(runs: readonly TrendFacts[], name: FactName): string | undefined {
  const counts = new Map<string, number>()
  let known = 0
  for (const { [name]: value } of runs) {
    if (value === undefined) continue
    known++
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].find(([, count]) => count >= NEARLY_ALL * known)?.[0]
}
