import { createTextBlob } from './createTextBlob'
import type { ExportTask, ExportWriter } from './exportWriter'
import { JSON_END, jsonHeader, JSON_SEPARATOR, runRecord, traceRecord } from './jsonFile'

/** Every run whole, then the traces of its batch: nothing is left out, importing it gives the same runs again. */
export const JSON_WRITER: ExportWriter = { extension: 'json', takesFields: false, write }

async function write({ batches, exportedAt, breathe }: ExportTask): Promise<Blob> {
  const file = createTextBlob()
  file.append(jsonHeader(exportedAt))
  let separator = ''
  const append = async (record: string): Promise<void> => {
    file.append(separator + record)
    separator = JSON_SEPARATOR
    await breathe()
  }
  for await (const { runs, traces } of batches) {
    for (const run of runs) await append(runRecord(run))
    for (const trace of traces) await append(traceRecord(trace))
  }
  file.append(JSON_END)
  return file.toBlob('application/json')
}
