/** A file's text, as it grows. What is full is handed to the browser, which may keep it on disk: the heap holds a part only. */
export interface TextBlob {
  append(text: string): void
  toBlob(mediaType: string): Blob
}

/** UTF-16 units a part. */
const PART = 2 ** 20

/** An empty file. */
export function createTextBlob(): TextBlob {
  const parts: Blob[] = []
  let texts: string[] = []
  let length = 0
  const close = (): void => {
    if (texts.length > 0) parts.push(new Blob(texts))
    texts = []
    length = 0
  }
  return {
    append(text) {
      texts.push(text)
      length += text.length
      if (length >= PART) close()
    },
    toBlob(mediaType) {
      close()
      return new Blob(parts, { type: mediaType })
    },
  }
}
