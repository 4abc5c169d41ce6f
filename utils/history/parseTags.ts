/** What is longer is a note. */
const MOST_CHARACTERS = 60
const MOST_TAGS = 20

/** Tags as they are written, separated by commas: without blanks around them, each once. */
export function parseTags(text: string): readonly string[] {
  const tags = text.split(',').map((tag) => tag.trim().slice(0, MOST_CHARACTERS))
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, MOST_TAGS)
}
