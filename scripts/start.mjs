// npm start: the dashboard on http://localhost:5178 beside a ComfyUI, or beside the built-in simulator when there is none.
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { installPackages } from './installPackages.mjs'
import { readStartOptions } from './readStartOptions.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`)

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function main() {
  const options = readStartOptions(process.argv.slice(2))
  await installPackages(ROOT)
  const { openBrowser } = await import('./openBrowser.mjs')
  const { whoListens } = await import('./whoListens.mjs')
  const url = `http://localhost:${options.port}`
  const page = options.page === '' ? url : `${url}/${options.page}`
  const listener = await whoListens(options.port)
  if (listener === 'another')
    throw new Error(
      `Port ${options.port} is taken by another program. Choose another with --port 5179; mind that the history belongs to the port: another port is another history.`,
    )
  if (listener === 'ours') {
    say(`The dashboard runs already: ${page}`)
    if (options.open) openBrowser(page)
    return
  }
  await serve(options, url)
  if (options.page !== '') say(`Open ${page}`)
  if (options.open) openBrowser(page)
}

/** @param {import('./readStartOptions.mjs').StartOptions} options @param {string} url */
async function serve(options, url) {
  const { findComfyui } = await import('./findComfyui.mjs')
  const { proxyTargets } = await import('./proxyTargets.mjs')
  const found = await findComfyui({ given: options.comfyui[0], env: process.env })
  const isSimulated = options.simulate !== undefined || !found.isThere
  // What is wrong with an address is said before anything is started.
  const named = proxyTargets([found.comfyui, ...options.comfyui.slice(1)], process.env)
  const simulator = isSimulated ? await startSimulator(options.simulate, found) : undefined
  const targets = simulator
    ? [{ id: 'simulator', url: simulator.url, name: 'Simulator', auth: undefined }]
    : named
  const { createServer } = await import('vite')
  const { dashboardPlugin } = await import('./dashboardPlugin.mjs')
  const server = await createServer({
    root: ROOT,
    logLevel: 'warn',
    clearScreen: false,
    plugins: [dashboardPlugin({ targets, simulated: isSimulated, say })],
    server: { host: '127.0.0.1', port: options.port, strictPort: true },
  })
  try {
    await server.listen()
  } catch (error) {
    await simulator?.close()
    throw error
  }
  const where = simulator
    ? `the simulator (no ComfyUI at ${found.comfyui})`
    : named.map(({ url: each }) => each).join(' and ')
  say(`The dashboard is on ${url}, showing ${where}. Ctrl+C stops it.`)
  const stop = async () => {
    await server.close()
    await simulator?.close()
    process.exit(0)
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
}

/** @param {string | undefined} scenario @param {{ comfyui: string, isThere: boolean }} found */
async function startSimulator(scenario, found) {
  // Registered here and not on the command line: before the packages are installed there is no tsx.
  const { tsImport } = await import('tsx/esm/api')
  const load = (/** @type {string} */ file) =>
    tsImport(pathToFileURL(join(ROOT, 'simulator', file)).href, import.meta.url)
  const { createSimulator } = /** @type {typeof import('../simulator/createSimulator')} */ (
    await load('createSimulator.ts')
  )
  const { isScenarioName, SCENARIOS } = /** @type {typeof import('../simulator/scenarios')} */ (
    await load('scenarios.ts')
  )
  const name = scenario === undefined || scenario === '' ? 'healthy' : scenario
  if (!isScenarioName(name))
    throw new Error(`There is no scenario "${name}". There are: ${Object.keys(SCENARIOS).join(', ')}.`)
  return createSimulator({
    scenario: name,
    ...(found.isThere ? {} : { sought: new URL(found.comfyui).host }),
  })
}
