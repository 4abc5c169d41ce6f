import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { venvPython } from '../../scripts/python.mjs'
import type { ChaosServer, Journal } from './chaosServer'
import { findPort } from './findPort'
import { TIME_FACTOR } from './timeFactor'

const SCRIPT = join(import.meta.dirname, 'comfy_with_node.py')

/** The Python node on a ComfyUI that computes nothing; a restart is a kill -9. */
export async function startNodeServer(seed: number): Promise<ChaosServer> {
  const folder = mkdtempSync(join(tmpdir(), `chaos-${seed}-`))
  const port = await findPort()
  const url = `http://127.0.0.1:${port}`
  const past: Journal[] = []
  let moved = 0
  let turn = Promise.resolve()
  let child = await serve(folder, port, Date.now())
  const post = (path: string, body: object): Promise<unknown> =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => undefined)
  const restart = async (downMs: number, journal: 'kept' | 'lost'): Promise<void> => {
    await kill(child)
    if (journal === 'lost') {
      past.push(linesOf(runScript(folder, '--dump')))
      runScript(folder, '--forget')
    }
    await new Promise((resolve) => setTimeout(resolve, downMs))
    child = await serve(folder, port, Date.now() + moved)
  }
  return {
    url: () => url,
    restart: (downMs, journal) => (turn = turn.then(() => restart(downMs, journal))),
    async moveClock(ms) {
      moved += ms
      await post('/clock', { ms })
    },
    async finish() {
      await turn
      while (hasOpen(await readJournal(url))) {
        await post('/queue', { clear: true })
        await post('/interrupt', {})
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
    },
    journals: async () => [...past, await readJournal(url)],
    async close() {
      await turn
      await kill(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function serve(folder: string, port: number, now: number): Promise<ChildProcess> {
  const args = [SCRIPT, folder, '--port', String(port), '--now', String(now), '--factor', String(TIME_FACTOR)]
  const child = spawn(venvPython, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`The node's server ended with code ${code}.`)))
  })
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

const runScript = (folder: string, what: '--dump' | '--forget'): string =>
  execFileSync(venvPython, [SCRIPT, folder, what], { encoding: 'utf8', maxBuffer: 2 ** 26 })

const linesOf = (text: string): Journal =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line): Journal[number] => JSON.parse(line))

async function readJournal(url: string): Promise<Journal> {
  const { epoch } = await readJson(`${url}/telemetry/info`)
  const messages: Journal[number][] = []
  for (let since: unknown = 0; since !== undefined;) {
    const page = await readJson(`${url}/telemetry/events?epoch=${String(epoch)}&since=${String(since)}`)
    if (Array.isArray(page.events)) messages.push(...page.events)
    since = page.next
  }
  return messages
}

async function readJson(url: string): Promise<Journal[number]> {
  const body: unknown = await (await fetch(url)).json()
  return { ...Object(body) }
}

function hasOpen(journal: Journal): boolean {
  const open = new Set<unknown>()
  for (const { type, status, promptId } of journal) {
    if (type !== 'update') continue
    if (status === 'queued' || status === 'executing') open.add(promptId)
    else open.delete(promptId)
  }
  return open.size > 0
}
