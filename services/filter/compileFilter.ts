import type { FilterExpression, HistoricalRun, HistoricalSceneMetrics, TelemetryFilter } from '../../types'
import { expressionOf } from './expressionOf'
import { RUN_NUMBERS, RUN_TEXTS, SCENE_NUMBERS, SCENE_TEXTS } from './fieldValues'
import { dateBounds, rangeTest } from './rangeTest'
import type { RegexEngine } from './regexEngine'
import { isDateTerm, isTextTerm, type DateTerm, type RangeTerm, type TextTerm } from './terms'
import { textTest } from './textTest'

/** For each scene of a run (one empty one, if it has none) whether the filter is true of it at the moment `now`. */
export type SceneMatcher = (run: HistoricalRun, now: number) => readonly boolean[]

/**
 * A filter made ready for many runs. The run matches when any of its scenes does. Every part of the filter looks at every scene once, so
 * that negations within each other cost no more than they are long. Without an engine patterns are found nowhere.
 */
export function compileFilter(filter: TelemetryFilter, regex: RegexEngine | undefined): SceneMatcher {
  const evaluate = compile(expressionOf(filter), regex)
  return (run, now) => {
    const scenes = run.scenes.length === 0 ? NO_SCENE : run.scenes
    return evaluate({ run, scenes, now })
  }
}

interface Subject {
  readonly run: HistoricalRun
  readonly scenes: readonly (HistoricalSceneMetrics | undefined)[]
  readonly now: number
}
type Evaluate = (subject: Subject) => readonly boolean[]
const NO_SCENE = [undefined]

function compile(expression: FilterExpression, regex: RegexEngine | undefined): Evaluate {
  if ('and' in expression) return compileGroup(expression.and, regex, (matches) => matches.every(Boolean))
  if ('or' in expression) return compileGroup(expression.or, regex, (matches) => matches.some(Boolean))
  if ('not' in expression) {
    const inner = compile(expression.not, regex)
    return (subject) => ofRun(subject, !inner(subject).includes(true))
  }
  if (isDateTerm(expression)) return compileDate(expression)
  return isTextTerm(expression)
    ? compileText(expression, textTest(expression, regex))
    : compileRange(expression)
}

function compileGroup(
  members: readonly FilterExpression[],
  regex: RegexEngine | undefined,
  join: (matches: readonly boolean[]) => boolean,
): Evaluate {
  const compiled = members.map((member) => compile(member, regex))
  return (subject) => {
    const matches = compiled.map((evaluate) => evaluate(subject))
    return subject.scenes.map((_, scene) => join(matches.map((ofMember) => ofMember[scene] ?? false)))
  }
}

function compileText({ field }: TextTerm, test: (text: string) => boolean): Evaluate {
  const isFound = (texts: readonly (string | undefined)[]): boolean =>
    texts.some((text) => text !== undefined && test(text))
  if (isOf(RUN_TEXTS, field)) return (subject) => ofRun(subject, isFound(RUN_TEXTS[field](subject.run)))
  if (isOf(SCENE_TEXTS, field))
    return ({ scenes }) => scenes.map((scene) => scene !== undefined && isFound(SCENE_TEXTS[field](scene)))
  return never
}

function compileRange(term: RangeTerm): Evaluate {
  const { field } = term
  const isWithin = rangeTest(term)
  const isFound = (value: number | undefined): boolean => value !== undefined && isWithin(value)
  if (isOf(RUN_NUMBERS, field)) return (subject) => ofRun(subject, isFound(RUN_NUMBERS[field](subject.run)))
  if (isOf(SCENE_NUMBERS, field))
    return ({ scenes }) => scenes.map((scene) => scene !== undefined && isFound(SCENE_NUMBERS[field](scene)))
  return never
}

function compileDate(term: DateTerm): Evaluate {
  return (subject) => {
    const { from, to } = dateBounds(term, subject.now)
    return ofRun(subject, subject.run.timestamp >= from && subject.run.timestamp < to)
  }
}

const never: Evaluate = (subject) => ofRun(subject, false)
const ofRun = ({ scenes }: Subject, matches: boolean): readonly boolean[] => scenes.map(() => matches)
const isOf = <T extends object>(table: T, field: PropertyKey): field is keyof T => Object.hasOwn(table, field)
