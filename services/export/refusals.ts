import { EXPORT_VERSION } from '../wire/exportFile'

/** Why an export of that version isn't read; undefined: it is. */
export function refusalOfVersion(version: number): string | undefined {
  if (version < 1) return `There is no version ${version} of the telemetry export.`
  if (version <= EXPORT_VERSION) return undefined
  return `The file was written by a newer version of this page (its format is ${version}, this page reads up to ${EXPORT_VERSION}). Reload or update this page and import it again.`
}

/** Why a file that begins so can't be an export; undefined: it may be one, or another JSON file. */
export function refusalOfStart(start: string): string | undefined {
  const text = start.trimStart()
  if (text === '') return 'The file is empty.'
  if (text.startsWith('{') || text.startsWith('[')) return undefined
  const known = FOREIGN.find(([pattern]) => pattern.test(start))
  return known?.[1] ?? `This is no telemetry export. ${EXPECTED}`
}

const EXPECTED = 'Expected was the JSON export of this page, or an artifact-metadata.json.'
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/^(PK\u0003\u0004|\u001f)/, 'This is a compressed file. Unpack it and import what is in it.'],
  [/^%PDF/, `A PDF is for people and can't be read back. ${EXPECTED}`],
  [/^PAR1/, `A Parquet file is for analysis elsewhere and can't be read back. ${EXPECTED}`],
  [
    /^[^\r\n]*[,;\t]/,
    "This is a table (CSV): it doesn't hold whole runs, so it can't be read back. Export the same runs as JSON and import that.",
  ],
]
