import { textAt } from './columnChunk'
import { listOf } from './readRow'
import { eachRun, type Selection } from './selection'

/** Every tag of the selected runs, most used first. */
export function tagsOf(selection: Selection): readonly { readonly tag: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  eachRun(selection, ({ runTexts }, row) => {
    for (const tag of listOf(textAt(runTexts.tags, row))) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  })
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
}
