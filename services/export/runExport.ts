import type { ExportRequest } from '../../types'
import { createBreather } from '../shared/createBreather'
import { ExportError } from './exportError'
import { EXPORT_FORMATS } from './exportFormats'
import type { ExportBatch, ExportSource } from './exportSource'

/** A file to hand to a person. */
export interface ExportedFile {
  readonly blob: Blob
  readonly fileName: string
}
/** What an export may be told besides its runs. `onProgress` gets the share that is written, 0 to 1. */
export type ExportHow = Pick<ExportRequest, 'format' | 'fields' | 'redact' | 'onProgress' | 'signal'> & {
  readonly now?: () => number
}

/** Writes the runs of a source into a file. Rejects with an ExportError, or with the signal's reason. */
export async function runExport(source: ExportSource, how: ExportHow): Promise<ExportedFile> {
  const load = EXPORT_FORMATS[how.format]
  if (!load) throw new ExportError('format', `${how.format} can't be written yet. Export as json or csv.`)
  if (how.redact)
    throw new ExportError('unsupported', "What identifies people can't be left out yet: export without it.")
  const writer = await load()
  if (how.fields && how.fields.length > 0 && !writer.takesFields)
    throw new ExportError('unsupported', `${how.format} holds every field. Choose fields with csv.`)
  how.signal?.throwIfAborted()
  const exportedAt = (how.now ?? Date.now)()
  const batches = watched(source, how)
  const blob = await writer.write({ batches, fields: how.fields, exportedAt, breathe: createBreather() })
  how.signal?.throwIfAborted()
  return { blob, fileName: `${FILE_NAME}-${dayOf(exportedAt)}.${writer.extension}` }
}

const FILE_NAME = 'gemdirect1-telemetry'

async function* watched(
  source: ExportSource,
  { onProgress, signal }: ExportHow,
): AsyncGenerator<ExportBatch> {
  let done = 0
  for await (const batch of source.batches()) {
    signal?.throwIfAborted()
    yield batch
    signal?.throwIfAborted()
    done += batch.runs.length
    if (batch.runs.length > 0) onProgress?.(Math.min(1, done / source.total))
  }
  if (source.total === 0) onProgress?.(1)
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
