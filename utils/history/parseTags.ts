/** Tags as they are written, separated by commas: without blanks around them, each once. Too long ones, or too many, the history refuses. */
export const parseTags = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
]
