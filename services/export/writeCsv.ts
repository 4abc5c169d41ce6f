import { ExportError } from './exportError'
import type { ExportTask, ExportWriter } from './exportWriter'
import type { ExportBatch } from './exportSource'
import { SCENE_COLUMNS, type SceneRow } from './sceneColumns'
import { tableCsv, type CsvColumn } from './tableCsv'

/** One row a scene; GPU traces have no place in it. */
export const CSV_WRITER: ExportWriter = { extension: 'csv', takesFields: true, write }

async function write({ batches, fields, breathe }: ExportTask): Promise<Blob> {
  return tableCsv(rowsOf(batches), columnsOf(fields), breathe)
}

async function* rowsOf(batches: AsyncIterable<ExportBatch>): AsyncGenerator<SceneRow> {
  for await (const { runs } of batches)
    for (const run of runs) {
      if (run.scenes.length === 0) yield { run, scene: {} }
      for (const scene of run.scenes) yield { run, scene }
    }
}

function columnsOf(fields: readonly string[] | undefined): readonly CsvColumn<SceneRow>[] {
  if (fields === undefined || fields.length === 0) return SCENE_COLUMNS
  return fields.map((field) => {
    const column = SCENE_COLUMNS.find(({ name }) => name === field)
    if (column) return column
    const known = SCENE_COLUMNS.map(({ name }) => name).join(', ')
    throw new ExportError('field', `There is no column "${field.slice(0, 100)}". There are: ${known}.`)
  })
}
