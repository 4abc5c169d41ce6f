// npm run bench -- [--only L1,N3] [--json FILE]: the rows of docs/benchmarks.md, measured in a real Chromium.
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { installPackages } from './installPackages.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
try {
  await installPackages(ROOT)
  const { tsImport } = await import('tsx/esm/api')
  const file = pathToFileURL(join(ROOT, 'bench', 'run.ts')).href
  const { runBench } = /** @type {typeof import('../bench/run')} */ (await tsImport(file, import.meta.url))
  await runBench(process.argv.slice(2))
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
