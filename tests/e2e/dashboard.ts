import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { createSimulator, type Simulator, type SimulatorOptions } from '../../simulator/createSimulator'

/** What a test has: simulators that end with it, and no page error that nobody looked at. */
interface Fixtures {
  /** Starts a simulated ComfyUI that serves the built page. */
  simulate: (options?: SimulatorOptions) => Promise<Simulator>
}

export const test = base.extend<Fixtures>({
  simulate: async ({}, provide) => {
    const started: Simulator[] = []
    await provide(async (options = {}) => {
      const simulator = await createSimulator({
        pageFolder: join(process.cwd(), 'dist'),
        seed: 1,
        pace: 0.1,
        ...options,
      })
      started.push(simulator)
      return simulator
    })
    await Promise.all(started.map((simulator) => simulator.close()))
  },
  page: async ({ page }, provide) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await provide(page)
    expect(errors).toEqual([])
  },
})
export { expect }

/** The dashboard that a simulator serves. */
export const pageOf = (simulator: Simulator, route = ''): string => `${simulator.url}/telemetry/ui/${route}`

/** Fills the dashboard's simulated history with generated runs, the same in every profile. */
export async function fillHistory(page: Page, url: string, runs: number): Promise<void> {
  await page.goto(`${url}#/settings/storage?seed=${runs}`)
  await page.getByRole('button', { name: /^Fill/ }).click()
  await expect(page.getByText('are in the simulated history now')).toBeVisible({ timeout: 30_000 })
}

/** A page that a function can be run in: Playwright's, or a real tab. */
interface Scriptable {
  evaluate<R, A>(body: (argument: A) => R | Promise<R>, argument: A): Promise<R>
}

/** An attempt as it must be known in both places. */
export interface KnownAttempt {
  readonly runId: string
  readonly sceneId: string
  readonly promptId: string
  readonly exitReason: string
}

/** Every attempt that ended, by the server's journal. */
export function journaledAttempts(simulator: Simulator): readonly KnownAttempt[] {
  const ended = simulator.journal().filter(({ status }) => status === 'completed' || status === 'failed')
  return sorted(
    ended.map(({ runId, sceneId, promptId, exitReason }) => attempt(runId, sceneId, promptId, exitReason)),
  )
}

/** Every attempt in the browser's history. */
export async function savedAttempts(
  page: Scriptable,
  dbName = SIMULATED_DB,
): Promise<readonly KnownAttempt[]> {
  const scenes = await readStore(page, dbName, 'scenes')
  return sorted(
    scenes.flatMap(({ runId, sceneId, attemptLog }) =>
      (Array.isArray(attemptLog) ? attemptLog : []).map((each) =>
        attempt(runId, sceneId, each.promptId, each.exitReason),
      ),
    ),
  )
}

/** Waits until the history holds exactly what the journals say, once each, and at least `least` attempts. */
export async function expectWholeHistory(
  page: Scriptable,
  simulators: Simulator | readonly Simulator[],
  least = 1,
): Promise<void> {
  await expect
    .poll(
      async () => {
        const known = sorted([simulators].flat().flatMap(journaledAttempts))
        const saved = await savedAttempts(page)
        return known.length >= least && JSON.stringify(saved) === JSON.stringify(known)
          ? 'the same'
          : { saved, known }
      },
      { timeout: TAKEOVER_MS + 15_000 },
    )
    .toBe('the same')
}

/** A page that was thrown away keeps its lease so long. */
const TAKEOVER_MS = 10_000

export const SIMULATED_DB = 'gemdirect1-telemetry-simulated'

/** All records of a store, as the browser has them. */
export async function readStore(
  page: Scriptable,
  dbName: string,
  store: string,
): Promise<readonly Record<string, unknown>[]> {
  return page.evaluate(
    async ([name, from]) => {
      // Opening one that isn't there would make it, empty.
      const known = await indexedDB.databases()
      if (!known.some((each) => each.name === name)) return []
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('no database'))
      })
      try {
        if (!db.objectStoreNames.contains(from)) return []
        return await new Promise<Record<string, unknown>[]>((resolve, reject) => {
          const request = db.transaction(from).objectStore(from).getAll()
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error ?? new Error('no records'))
        })
      } finally {
        db.close()
      }
    },
    [dbName, store] as const,
  )
}

const attempt = (runId: unknown, sceneId: unknown, promptId: unknown, exitReason: unknown): KnownAttempt => ({
  runId: String(runId),
  sceneId: String(sceneId),
  promptId: String(promptId),
  exitReason: String(exitReason),
})

const sorted = (attempts: readonly KnownAttempt[]): readonly KnownAttempt[] =>
  [...attempts].sort((a, b) => (a.promptId < b.promptId ? -1 : 1))
