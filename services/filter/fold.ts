/**
 * Text as it is compared: lower case, without accents, full-width and other compatibility forms as the plain ones. Folding twice
 * changes nothing.
 */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(/ς/g, 'σ')
    .normalize('NFC')
}

// Control characters are part of ASCII, and a test is what keeps most text from being normalised.
/** Whether folding it is lower-casing it. */
export const isAscii = (text: string): boolean => ASCII.test(text)

const ASCII = /^[\u0000-\u007f]*$/
const MARKS = /\p{Mn}+/gu
