import { fold } from './fold'
import { globPieces, globTest } from './globPieces'
import type { RegexEngine } from './regexEngine'
import type { TextTerm } from './terms'

/**
 * Whether one stored text satisfies the term. `is`, `glob` and `contains` compare folded texts, patterns run on the text as it is. A
 * pattern the engine refuses is found nowhere: `engine.compile` says why.
 */
export function textTest({ op, value }: TextTerm, regex: RegexEngine | undefined): (text: string) => boolean {
  switch (op) {
    case 'is':
      return isTest(fold(value))
    case 'contains':
      return containsTest(fold(value))
    case 'glob':
      return globTest(globPieces(value))
    case 'regex': {
      const compiled = regex?.compile(value)
      return compiled?.ok ? compiled.value.test : () => false
    }
  }
}

const isTest =
  (wanted: string) =>
  (text: string): boolean =>
    fold(text) === wanted
const containsTest =
  (wanted: string) =>
  (text: string): boolean =>
    fold(text).includes(wanted)
