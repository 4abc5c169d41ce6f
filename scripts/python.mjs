import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './runCommand.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const VENV = join(ROOT, '.venv')
const REQUIREMENTS = join(ROOT, 'tests', 'comfyui_nodes', 'requirements.txt')
const NODE = join('comfyui_nodes', 'gemdirect_telemetry')

/** The virtual environment's Python, which differs by platform. */
export const venvPython =
  process.platform === 'win32' ? join(VENV, 'Scripts', 'python.exe') : join(VENV, 'bin', 'python')

/**
 * Makes the virtual environment of the Python tests, if it isn't there or its requirements changed.
 * Throws an Error whose message a person can act on.
 */
export async function ensureVenv() {
  const wanted = readFileSync(REQUIREMENTS, 'utf8')
  const stamp = join(VENV, '.gemdirect-requirements')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stdout.write('Making the Python environment of the tests…\n')
  if (!existsSync(venvPython)) await makeVenv()
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]
  const { code } = await runCommand(venvPython, pip, { cwd: ROOT })
  if (code !== 0) throw new Error('pip could not install what the Python tests need, see above.')
  writeFileSync(stamp, wanted)
}

async function makeVenv() {
  for (const [command, ...args] of [['python3'], ['python'], ['py', '-3']]) {
    if (!command) continue
    const check = 'import sys; sys.exit(0 if sys.version_info >= (3, 10) else 1)'
    const found = await runCommand(command, [...args, '-c', check], { quiet: true })
    if (found.code !== 0) continue
    const { code } = await runCommand(command, [...args, '-m', 'venv', VENV], { cwd: ROOT })
    if (code === 0) return
  }
  throw new Error(
    'Python 3.10 or newer with venv is needed for the node’s tests. Install it and run the command again.',
  )
}

/** Types and tests of the node; the tests’ counts go to test-results/python.xml. */
export async function checkPython() {
  await ensureVenv()
  const mypy = await runCommand(venvPython, ['-m', 'mypy', '--strict', NODE], { cwd: ROOT })
  const report = join(ROOT, 'test-results', 'python.xml')
  const pytest = [
    '-m',
    'pytest',
    'tests/comfyui_nodes',
    '-q',
    '-W',
    'error',
    '--timeout=60',
    `--junit-xml=${report}`,
  ]
  const tests = await runCommand(venvPython, pytest, { cwd: ROOT })
  return { mypy: mypy.code, pytest: tests.code, report }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { mypy, pytest } = await checkPython()
  process.exitCode = mypy === 0 && pytest === 0 ? 0 : 1
}
