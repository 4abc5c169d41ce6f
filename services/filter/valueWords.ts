import type { TextField } from './fields'
import { fold } from './fold'

/** The value that a text asks for: one of a closed field in any case, or one by what people call it; undefined for neither. */
export function valueMeant({ values = [], words }: TextField, text: string): string | undefined {
  const sought = fold(text)
  const called = [...(words ?? [])].find(([, names]) => names.some((name) => fold(name) === sought))
  return values.find((value) => fold(value) === sought) ?? called?.[0]
}

/** What pages call a value. */
export const wordOf = ({ words }: TextField, value: string): string => words?.get(value)?.[0] ?? value
