/** Characters that steer the direction of text, or are none: a name that comes from a server must not turn the words around it. */
const STEERING = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const MAX_LENGTH = 40

/** A name as it may stand in a title or a notification: one line, at most 40 characters. */
export function shortName(name: string): string {
  const characters = [...name.slice(0, 4 * MAX_LENGTH).replace(STEERING, '')]
  return characters.length <= MAX_LENGTH
    ? characters.join('')
    : `${characters.slice(0, MAX_LENGTH - 1).join('')}…`
}
