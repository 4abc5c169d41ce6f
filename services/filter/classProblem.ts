import { isEscape } from './patternEscape'

/** What RE2 doesn't take in a class, from its `[` to its `]`; undefined when it takes all of it. */
export function classProblem(text: string): string | undefined {
  const [, inside] = /^\[\^?(\]?(?:\[:\^?\w*:\]|\\.|[^\]\\])*)\]$/su.exec(text) ?? []
  if (inside === undefined || inside === '') return text
  const items = [...inside.matchAll(ITEMS)].map(([item]) => item)
  return items.find((item) => !isItem(item))
}

/** Sets, which begin no range; ranges; escapes and characters. */
const SETS = String.raw`\[:\^?\w*:\]|\\[pP]\{[^}]*\}?|\\[pP].?|\\[dDsSwW]`
const ONE = String.raw`\\x\{[^}]*\}?|\\x..?|\\[pP]\{[^}]*\}?|\\[pP].?|\\.|[^\\]`
const ITEMS = new RegExp(`${SETS}|(?:${ONE})-(?:${ONE})|${ONE}`, 'gsu')

function isItem(item: string): boolean {
  if (/^\[:.*:\]$/.test(item)) return POSIX.test(item)
  const [, low, high] = RANGE.exec(item) ?? []
  if (low === undefined || high === undefined) return isSingle(item)
  const [from, to] = [codePointOf(low), codePointOf(high)]
  return from !== undefined && to !== undefined && from <= to
}

const RANGE = new RegExp(`^(${ONE})-(${ONE})$`, 'su')
const POSIX =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]$/

/** Boundaries stand between characters and are none. */
const isSingle = (item: string): boolean =>
  !item.startsWith('\\') || (isEscape(item) && !/^\\[bBAz]/.test(item))

function codePointOf(single: string): number | undefined {
  if (!single.startsWith('\\')) return single.codePointAt(0)
  if (!isSingle(single) || /^\\[dDsSwWpP]/.test(single)) return undefined
  const hex = /^\\x\{?([\da-f]+)/i.exec(single)?.[1]
  if (hex !== undefined) return Number.parseInt(hex, 16)
  return CONTROLS.get(single.slice(1)) ?? single.codePointAt(1)
}

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
  ['0', 0],
])
