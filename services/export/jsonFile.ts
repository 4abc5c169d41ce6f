import type { GpuTrace, HistoricalRun } from '../../types'
import { EXPORT_FORMAT, EXPORT_VERSION } from '../wire/exportFile'

/**
 * The lines of a JSON export. Together they are one JSON document, which any tool reads; each record stands on a line of its own, so that
 * we read and write it a line at a time and can name the line that is wrong:
 *
 *     {"format":"gemdirect1-telemetry","version":1,"exportedAt":1763085600000,"records":[
 *     {"run":{"runId":"a",…}},
 *     {"trace":{"source":"gpu-box","promptId":"p",…}}
 *     ]}
 */
export const jsonHeader = (exportedAt: number): string =>
  `${JSON.stringify({ format: EXPORT_FORMAT, version: EXPORT_VERSION, exportedAt }).slice(0, -1)},"records":[\n`
/** The line of a run. */
export const runRecord = (run: HistoricalRun): string => JSON.stringify({ run })
/** The line of a GPU trace. */
export const traceRecord = (trace: GpuTrace): string => JSON.stringify({ trace })
/** Between two records. */
export const JSON_SEPARATOR = ',\n'
/** The last line; where it is missing, the file was cut off. */
export const JSON_END = '\n]}\n'
