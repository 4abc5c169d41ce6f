import { isWholeTime } from '../comparison/cohortOf'
import { DRAFT_SOURCE } from '../shared/draftSource'
import { textAt, type CodedColumn, type ColumnChunk } from './columnChunk'
import { eachScene, type Selection } from './selection'

/** Runs whose figures are measurements: those of the host's draft are not (docs/files.md, "The host's draft"). */
export function measuredRuns(selection: Selection): Selection {
  return selection.map((part) => {
    const { source } = part.chunk.runTexts
    const draft = codeOf(source, DRAFT_SOURCE)
    if (draft === undefined) return part
    return { ...part, runs: part.runs.map((selected, row) => (source.codes[row] === draft ? 0 : selected)) }
  })
}

/** The code of a value in a column; undefined where no row can have it. */
export function codeOf({ values }: CodedColumn, value: string): number | undefined {
  const index = values.indexOf(value)
  return index === -1 ? undefined : index + 1
}

/** Whether a scene's duration counts, as `isTimed` tells it of a record. */
export function durationTest({ sceneTexts, sceneNumbers }: ColumnChunk): (scene: number) => boolean {
  const { codes } = sceneTexts.status
  const success = codeOf(sceneTexts.status, 'success')
  const { cached, duration } = sceneNumbers
  return (scene) => codes[scene] === success && isWholeTime(duration[scene], cached[scene])
}

/** Durations that count, of all selected scenes; ms. */
export function durationsOf(selection: Selection): {
  readonly values: Float64Array
  readonly excludedCached: number
} {
  const values = new Float64Array(sceneCount(selection))
  let count = 0
  let excludedCached = 0
  for (const part of selection) {
    const counts = durationTest(part.chunk)
    const { duration, cached } = part.chunk.sceneNumbers
    eachScene([part], (chunk, scene) => {
      if (counts(scene)) values[count++] = duration[scene] ?? 0
      else if ((cached[scene] ?? 0) > 0 && textAt(chunk.sceneTexts.status, scene) === 'success')
        excludedCached++
    })
  }
  return { values: values.subarray(0, count), excludedCached }
}

/** How many scenes the selected runs have. */
export function sceneCount(selection: Selection): number {
  let count = 0
  eachScene(selection, () => void count++)
  return count
}
