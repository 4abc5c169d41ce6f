import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, parseAst, type Rollup } from 'vite'
import { row, type BenchRow } from '../measure'

/** Brought by the host, or named aside by the row. */
const ASIDE = ['react', 'react-dom', 'react/jsx-runtime', 'idb']
const ROOT = join(import.meta.dirname, '..', '..')

/** docs/benchmarks.md, row S1. */
export const S1: BenchRow = {
  id: 'S1',
  measure: async () => [
    row({
      id: 'S1',
      name: 'JS a host loads for live badges and hooks, worker included, gzip',
      value: (await sizeOf('bench/entries/badges.ts')) / 1_024,
      unit: 'KiB',
      bar: 40,
    }),
  ],
}

/** docs/benchmarks.md, row S2. */
export const S2: BenchRow = {
  id: 'S2',
  measure: async () => [
    row({
      id: 'S2',
      name: 'JS of the whole module without what loads on demand, worker included, gzip',
      value: (await sizeOf('index.ts')) / 1_024,
      unit: 'KiB',
      bar: 120,
    }),
  ],
}

/** Of the entry and of the worker that it starts, each with what it imports statically: what comes on demand is not counted. */
async function sizeOf(entry: string): Promise<number> {
  const built = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    worker: { format: 'es', rollupOptions: { external: ASIDE } },
    build: {
      write: false,
      target: 'es2022',
      minify: 'esbuild',
      rollupOptions: {
        input: join(ROOT, entry),
        external: ASIDE,
        preserveEntrySignatures: 'exports-only',
      },
    },
  })
  const files = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  return loadedAtOnce(files).reduce((sum, code) => sum + gzipSync(code, { level: 9 }).length, 0)
}

type File = Rollup.OutputChunk | Rollup.OutputAsset

function loadedAtOnce(files: readonly File[]): readonly string[] {
  const codes = new Map(files.filter(isScript).map((file) => [file.fileName, codeOf(file)]))
  const wanted = new Set<string>()
  const want = (name: string): void => {
    const code = codes.get(name)
    if (code === undefined || wanted.has(name)) return
    wanted.add(name)
    for (const imported of importedBy(code)) want(join(name, '..', imported))
  }
  for (const file of files) if (file.type === 'chunk' && file.isEntry) want(file.fileName)
  // A worker is an asset that a script of the page names; what the worker names in turn is its own to load.
  const page = [...wanted].map((name) => codes.get(name) ?? '')
  for (const file of files)
    if (file.type === 'asset' && page.some((code) => code.includes(file.fileName))) want(file.fileName)
  return [...wanted].map((name) => codes.get(name) ?? '')
}

const isScript = ({ fileName }: File): boolean => fileName.endsWith('.js')
const codeOf = (file: File): string => (file.type === 'chunk' ? file.code : String(file.source))

/** The addresses that a script imports statically. */
function importedBy(code: string): readonly string[] {
  return parseAst(code).body.flatMap((statement) =>
    'source' in statement && typeof statement.source?.value === 'string' ? [statement.source.value] : [],
  )
}
