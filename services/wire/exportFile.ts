import * as v from 'valibot'
import type { GpuTrace, HistoricalRun, Result } from '../../types'
import { historicalRunSchema } from './historicalRun'
import { parseJson, parseWith } from './parse'
import { count } from './primitives'
import { traceSchema } from './trace'

/** What a JSON export says it is. */
export const EXPORT_FORMAT = 'gemdirect1-telemetry'
/** Raised when pages of today could no longer read the file: they refuse it by this number. */
export const EXPORT_VERSION = 1

/** One record of a JSON export. */
export type ExportRecord =
  { readonly kind: 'run'; readonly run: HistoricalRun } | { readonly kind: 'trace'; readonly trace: GpuTrace }

const headSchema = v.object({ format: v.literal(EXPORT_FORMAT), version: count() })
const runSchema = v.object({ run: historicalRunSchema })
const recordedTraceSchema = v.object({ trace: traceSchema })

/** The version of a JSON export by its first line, which is open: its records follow. Undefined: it is no such line. */
export function parseExportHead(line: string): number | undefined {
  const opened = line.trimEnd()
  const json = opened.endsWith('[') ? parseJson(`${opened}]}`) : undefined
  return json?.ok ? exportVersionOf(json.value) : undefined
}

/** The version of what says that it is a JSON export; undefined: it doesn't. */
export function exportVersionOf(value: unknown): number | undefined {
  const head = parseWith(headSchema, value)
  return head.ok ? head.value.version : undefined
}

/** The records of a JSON export that was read whole. */
export function exportRecordsOf(value: unknown): readonly unknown[] {
  const document = v.safeParse(v.object({ records: v.array(v.unknown()) }), value)
  return document.success ? document.output.records : []
}

/** A record's line, without the comma that parts it from the next. */
export function parseExportLine(line: string): Result<ExportRecord, string> {
  const json = parseJson(line)
  return json.ok ? parseExportRecord(json.value) : json
}

export function parseExportRecord(value: unknown): Result<ExportRecord, string> {
  if (isNamed(value, 'run')) {
    const read = parseWith(runSchema, value)
    return read.ok ? { ok: true, value: { kind: 'run', run: read.value.run } } : read
  }
  if (isNamed(value, 'trace')) {
    const read = parseWith(recordedTraceSchema, value)
    return read.ok ? { ok: true, value: { kind: 'trace', trace: read.value.trace } } : read
  }
  return { ok: false, error: 'It is neither a run nor a GPU trace.' }
}

const isNamed = (value: unknown, kind: string): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, kind)
