import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { isComfyui } from '../findComfyui.mjs'

/** Loading torch alone takes a while. */
const START_MS = 180_000

/**
 * Starts the ComfyUI in `comfyui` on the CPU, with custom nodes and journal of `base`; resolves when it answers. Whoever started it
 * calls `kill`.
 *
 * @param {{ comfyui: string, python: string, base: string, port: number }} options
 */
export async function serveComfyui({ comfyui, python, base, port }) {
  const args = [join(comfyui, 'main.py'), '--cpu', '--listen', '127.0.0.1', '--port', String(port)]
  const child = spawn(python, [...args, '--base-directory', base, '--database-url', 'sqlite:///:memory:'], {
    cwd: comfyui,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + chunk).slice(-20_000)))
  let hasEnded = false
  child.once('error', (error) => {
    output += error.message
    hasEnded = true
  })
  const ended = new Promise((resolve) => child.once('exit', resolve)).then(() => (hasEnded = true))
  const url = `http://127.0.0.1:${port}`
  const until = Date.now() + START_MS
  while (!(await isComfyui(url))) {
    if (hasEnded || Date.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`ComfyUI did not start. Its last words:\n${output.slice(-2_000)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  return {
    url,
    output: () => output,
    /** Without a chance to say goodbye, as a crash. */
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
