/** What a cell holds; undefined is an empty one. */
export type CsvValue = string | number | boolean | undefined

/**
 * A cell that no spreadsheet takes for a formula. Decided by type: numbers stay bare, also negative ones; text gets an apostrophe before
 * each line of it that begins, blanks aside, with = + - @ | or a full-width form of them, and where it begins with a tab or a line break.
 */
export function csvCell(value: CsvValue): string | number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value === undefined) return ''
  return SUSPECT.test(value) ? value.replace(FORMULA, "'") : value
}

/** Most texts have none of these at all, and this is asked of every cell. */
const SUSPECT = /[=+\-@|\t\r\n＝＋－＠｜]/
/**
 * The beginnings of such lines. Blanks are what a spreadsheet may pass over, marks of no width among them; a tab or a line break counts
 * at the beginning of the text only.
 */
const FORMULA =
  /(?<=^|\n|\r(?!\n))(?=(?:(?![\r\n])[\s\u0000-\u001f\u00ad\u200b-\u200f\u2060\ufeff])*[=+\-@|＝＋－＠｜]|(?<![^])[\t\r\n])/g
