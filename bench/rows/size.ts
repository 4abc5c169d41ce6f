import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rollup } from 'vite'
import { row, type BenchRow } from '../measure'

/** Brought by the host, or named aside by the row. */
const ASIDE = ['react', 'react-dom', 'react/jsx-runtime', 'idb']

export const S1: BenchRow = {
  id: 'S1',
  async measure() {
    return [
      row({
        id: 'S1',
        name: 'JS a host loads for live badges and hooks, worker included, gzip',
        value: (await sizeOf('badges')) / 1_024,
        unit: 'KiB',
        bar: 40,
      }),
    ]
  },
}

export const S2: BenchRow = {
  id: 'S2',
  async measure() {
    return [
      row({
        id: 'S2',
        name: 'JS of the whole module without what loads on demand, worker included, gzip',
        value: (await sizeOf('module')) / 1_024,
        unit: 'KiB',
        bar: 120,
      }),
    ]
  },
}

/** Of the entry and what it loads at once: what comes on demand is not counted, a worker is. */
async function sizeOf(entry: string): Promise<number> {
  const built = await build({
    configFile: false,
    root: join(import.meta.dirname, '..', 'entries'),
    logLevel: 'warn',
    worker: { format: 'es', rollupOptions: { external: ASIDE } },
    build: {
      write: false,
      target: 'es2022',
      minify: 'esbuild',
      rollupOptions: {
        input: join(import.meta.dirname, '..', 'entries', `${entry}.ts`),
        external: ASIDE,
        preserveEntrySignatures: 'exports-only',
      },
    },
  })
  const files = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  return loadedAtOnce(files).reduce((sum, code) => sum + gzipSync(code, { level: 9 }).length, 0)
}

function loadedAtOnce(files: readonly (Rollup.OutputChunk | Rollup.OutputAsset)[]): readonly string[] {
  const chunks = new Map(
    files.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])),
  )
  const wanted = new Set<string>()
  const want = (name: string): void => {
    if (wanted.has(name)) return
    wanted.add(name)
    chunks.get(name)?.imports.forEach(want)
  }
  for (const [name, { isEntry }] of chunks) if (isEntry) want(name)
  const workers = files.flatMap((file) =>
    file.type === 'asset' && file.fileName.endsWith('.js') ? String(file.source) : [],
  )
  return [...[...wanted].flatMap((name) => chunks.get(name)?.code ?? []), ...workers]
}
