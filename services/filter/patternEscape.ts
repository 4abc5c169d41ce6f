/** Whether RE2 knows this escape outside of a class: a sign, a control, a class, a boundary, a code point, a Unicode property. */
export function isEscape(escape: string): boolean {
  if (/^\\[pP]/.test(escape)) return isProperty(escape)
  if (escape.startsWith('\\x')) return isCodePoint(escape)
  return /^\\(?:[afnrtvdDsSwWbBAz0]|[\u0000-/:-@[-`{-\u007f])$/.test(escape)
}

function isCodePoint(escape: string): boolean {
  const [, two, braced] = /^\\x(?:([\da-f]{2})|\{([\da-f]{1,6})\})$/i.exec(escape) ?? []
  return two !== undefined || (braced !== undefined && Number.parseInt(braced, 16) <= 0x10ffff)
}

/** The platform's own table of properties; compiling a pattern runs nothing. */
function isProperty(escape: string): boolean {
  const [, braced, letter] = /^\\[pP](?:\{\^?(\w+)\}|([A-Z]))$/.exec(escape) ?? []
  const name = braced ?? letter
  if (name === undefined) return false
  return [`gc=${name}`, `Script=${name}`].some(isKnownProperty) || name === 'Any'
}

function isKnownProperty(property: string): boolean {
  try {
    return new RegExp(`\\p{${property}}`, 'u').unicode
  } catch {
    // A name the platform doesn't have.
    return false
  }
}
