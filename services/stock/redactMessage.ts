const MAX_BYTES = 2_048
const MAX_SEARCHED = 8 * MAX_BYTES

/** A message for other people's eyes: absolute paths cut to their file names, at most 2 KiB of UTF-8; web addresses stay. */
export function redactMessage(message: string): string {
  // What is thrown away need not be searched: a message may be megabytes long.
  const named = message.slice(0, MAX_SEARCHED).replace(PATHS, (match, quote?: string, quoted?: string) => {
    if (/^https?:/.test(match)) return match
    const path = quoted ?? match
    const name = path.slice(path.search(/[^\\/]*$/)) || '…'
    return quote ? `${quote}${name}${quote}` : name
  })
  return cutBytes(named.trim())
}

/** In this order: a web address; a quoted path, which may hold spaces; a drive's; a network share's; a Unix path. */
const PATHS = new RegExp(
  [
    String.raw`\bhttps?://[^\s"'<>]+`,
    String.raw`(["'])((?:[A-Za-z]:[\\/]|\\\\|/)[^"'\n]*)\1`,
    String.raw`(?<![A-Za-z])[A-Za-z]:[\\/](?:[^\\/:*?"<>|\r\n]*[\\/])*[^\\/:*?"<>|\s]*`,
    String.raw`\\\\[^\\/:*?"<>|\r\n]+[\\/](?:[^\\/:*?"<>|\r\n]*[\\/])*[^\\/:*?"<>|\s]*`,
    String.raw`(?<![\w.)\]/-])/+(?:[^\s"'<>:/,;()]+/+)+[^\s"'<>:/,;()]*`,
  ].join('|'),
  'g',
)

function cutBytes(text: string): string {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= MAX_BYTES) return text
  // Of a character that was cut in two nothing stays.
  return new TextDecoder().decode(bytes.subarray(0, MAX_BYTES)).replace(/\uFFFD+$/, '')
}
