// npm run install-node -- --comfyui DIR: puts the telemetry node, and the built dashboard with it, into a ComfyUI folder.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { copyNode } from './copyNode.mjs'
import { installPackages } from './installPackages.mjs'
import { runCommand } from './runCommand.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const NODE = join('custom_nodes', 'gemdirect_telemetry')
const USAGE = 'Usage: npm run install-node -- --comfyui DIR, DIR being the folder with ComfyUI’s main.py.'

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function main() {
  const folder = readFolder()
  await installPackages(ROOT)
  process.stdout.write('Building the dashboard…\n')
  const { code } = await runCommand('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: ROOT })
  if (code !== 0) throw new Error('The dashboard could not be built, see above. Nothing was installed.')
  const target = join(folder, NODE)
  copyNode(ROOT, target)
  process.stdout.write(
    `The telemetry node is in ${target}. Start ComfyUI again; the dashboard is then at /telemetry/ui/ of its address.\n`,
  )
}

function readFolder() {
  const { values } = parseArgs({ options: { comfyui: { type: 'string' } } })
  if (values.comfyui === undefined) throw new Error(USAGE)
  const folder = resolve(values.comfyui)
  if (!existsSync(join(folder, 'main.py')))
    throw new Error(`There is no main.py in ${folder}, so it is no ComfyUI folder. ${USAGE}`)
  return folder
}
