/** A line of a file, counted from 1; without its text when it was too long to be held. */
export interface FileLine {
  readonly line: number
  readonly text: string | undefined
}
/** The lines that end in a piece of the file, and how many bytes were read by then. */
export interface FileLines {
  readonly lines: readonly FileLine[]
  readonly bytes: number
}

/** Bytes a piece: browsers read megabytes at once, which would be a long task for whoever walks their lines. */
const PIECE = 2 ** 16

/**
 * A file's lines as it is streamed: UTF-8, a byte order mark passed over, LF or CRLF. A line of more than `maxChars` is counted and
 * dropped as it comes, so memory is bounded by that. Rejects when the file can't be read any further.
 */
export async function* readLines(file: Blob, maxChars: number): AsyncGenerator<FileLines> {
  const reader = file.stream().getReader()
  const decoder = new TextDecoder()
  const splitter = createSplitter(maxChars)
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      for (let from = 0; from < value.byteLength; from += PIECE) {
        const piece = value.subarray(from, from + PIECE)
        bytes += piece.byteLength
        yield { lines: splitter.push(decoder.decode(piece, { stream: true })), bytes }
      }
    }
    yield { lines: splitter.end(decoder.decode()), bytes }
  } finally {
    await reader.cancel()
  }
}

interface Splitter {
  push(text: string): readonly FileLine[]
  /** The last line, which no line break ends. */
  end(text: string): readonly FileLine[]
}

function createSplitter(maxChars: number): Splitter {
  let line = 1
  let pending = ''
  let isTooLong = false
  const take = (text: string): void => {
    isTooLong ||= pending.length + text.length > maxChars
    pending = isTooLong ? '' : pending + text
  }
  const finish = (): FileLine => {
    const finished = { line: line++, text: isTooLong ? undefined : pending.replace(/\r$/, '') }
    pending = ''
    isTooLong = false
    return finished
  }
  const push = (text: string): readonly FileLine[] => {
    const pieces = text.split('\n')
    return pieces.flatMap((piece, index) => {
      take(piece)
      return index < pieces.length - 1 ? finish() : []
    })
  }
  return {
    push,
    end(text) {
      const lines = push(text)
      return pending === '' && !isTooLong ? lines : [...lines, finish()]
    },
  }
}
