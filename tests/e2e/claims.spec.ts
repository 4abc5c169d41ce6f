import type { Page } from '@playwright/test'
import { expect, expectWholeHistory, journaledAttempts, pageOf, test } from './dashboard'

/** What the pill said from when on, by the clock that page and server share. */
interface Claim {
  readonly at: number
  readonly words: string
}

const pill = { name: /^Connection: / }
const RECONNECTING = /^Reconnecting · try \d+, next in \d+.s$/
/** Silent for two heartbeats of 5 s counts as gone; a second more is the pill's own. */
const SILENCE_MS = 2 * 5_000 + 1_000
/** For a machine that is busy; far below what the claim would take if it were made for another reason. */
const ROOM_MS = 3_000

/** Writes down every change of the pill's words, frame by frame. Before the page is opened. */
const writeDown = async (page: Page): Promise<void> =>
  void (await page.addInitScript(() => {
    const claims: { at: number; words: string }[] = []
    Object.assign(globalThis, { claims })
    const look = (): void => {
      const words = document.querySelector('button[aria-label^="Connection: "]')?.textContent ?? ''
      if (words !== '' && words !== claims.at(-1)?.words) claims.push({ at: Date.now(), words })
      requestAnimationFrame(look)
    }
    look()
  }))

const claimsOf = (page: Page): Promise<readonly Claim[]> =>
  page.evaluate(() => (globalThis as unknown as { claims: Claim[] }).claims)
/** When it said so first. */
const firstAt = (claims: readonly Claim[], said: RegExp): number =>
  claims.find(({ words }) => said.test(words))?.at ?? Infinity
/** It was said, however shortly: a first wait may be over before anybody looks. */
const expectSaid = (page: Page, said: RegExp, timeout = 15_000): Promise<void> =>
  expect.poll(async () => firstAt(await claimsOf(page), said), { timeout }).toBeLessThan(Infinity)
const claimsSince = async (page: Page, since: number): Promise<readonly string[]> =>
  (await claimsOf(page)).filter(({ at }) => at >= since).map(({ words }) => words)

test('healthy: Live while it is heard; a cut wire is Reconnecting at once, and Live again after its short wait', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ pace: 1 })
  await writeDown(page)
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('listitem', { name: /^scene-001, executing/ })).toBeVisible()
  await expect(page.getByRole('button', pill)).toHaveText('Live')
  const cutAt = Date.now()
  expect(simulator.drop()).toBe(1)
  await expect.poll(() => claimsSince(page, cutAt)).toContain('Live')
  const [lost, ...rest] = (await claimsOf(page)).filter(({ at }) => at >= cutAt)
  expect(lost?.words).toMatch(RECONNECTING)
  expect((lost?.at ?? Infinity) - cutAt).toBeLessThan(ROOM_MS)
  // The first wait is half a second at most.
  expect((rest.find(({ words }) => words === 'Live')?.at ?? Infinity) - cutAt).toBeLessThan(500 + 2 * ROOM_MS)
})

test('flapping: each loss is said as a first try, and none is said for longer than it lasts', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ scenario: 'flapping' })
  await writeDown(page)
  await page.goto(pageOf(simulator))
  const losses = async (): Promise<readonly Claim[]> =>
    (await claimsOf(page)).filter(({ words }) => words.startsWith('Reconnecting'))
  await expect.poll(async () => (await losses()).length, { timeout: 45_000 }).toBeGreaterThanOrEqual(3)
  await expect(page.getByRole('button', pill)).toHaveText('Live')
  for (const { words } of await losses()) expect(words).toMatch(/· try 1,/)
  const claims = await claimsOf(page)
  for (const [i, { at, words }] of claims.entries())
    if (words.startsWith('Reconnecting')) expect((claims[i + 1]?.at ?? 0) - at).toBeLessThan(500 + ROOM_MS)
  await page.getByRole('button', pill).click()
  await expect(page.getByRole('dialog', pill)).toContainText('No scene event was lost.')
})

test('stock: limited from first to last, and gone when the server is', async ({ page, simulate }) => {
  const simulator = await simulate()
  await writeDown(page)
  await page.goto(pageOf(simulator))
  const trace = page.getByRole('figure', { name: 'Free VRAM, GB, last 10 minutes' })
  await expect(page.getByRole('button', pill)).toHaveText('Live')
  // A stock server does not serve the page: its parts must have come before.
  await expect(trace).toBeVisible()
  await expectWholeHistory(page, simulator)
  simulator.setScenario('stock')
  await expect(page.getByRole('button', pill)).toHaveText('Live, limited')
  const since = Date.now()
  await expect(trace).toBeVisible()
  const back = simulator.restart(5_000)
  await expectSaid(page, RECONNECTING)
  await back
  await expect(page.getByRole('button', pill)).toHaveText('Live, limited')
  expect(await claimsSince(page, since)).not.toContain('Live')
})

test('stalled while a scene executes: stale within seconds, with its age; then given up', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ scenario: 'stalled', pace: 1 })
  await writeDown(page)
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('button', pill)).toHaveText(/^Stale · [3-9].s old$/)
  await expectSaid(page, RECONNECTING)
  const claims = await claimsOf(page)
  const live = firstAt(claims, /^Live$/)
  expect(firstAt(claims, /^Stale/) - live).toBeLessThan(2_000 + 500 + ROOM_MS)
  expect(firstAt(claims, RECONNECTING) - live).toBeLessThan(SILENCE_MS + ROOM_MS)
})

test('stalled while nothing executes: not Live any more after two heartbeats', async ({ page, simulate }) => {
  const simulator = await simulate({ scenario: 'stalled', tellsStories: false })
  await writeDown(page)
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('button', pill)).toHaveText('Live')
  await expectSaid(page, RECONNECTING)
  const claims = await claimsOf(page)
  expect(firstAt(claims, RECONNECTING) - firstAt(claims, /^Live$/)).toBeLessThan(SILENCE_MS + ROOM_MS)
})

test('restart: not Live while the server is away, its tries counted up; then what went with it is said', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ scenario: 'restart', pace: 0.5 })
  await writeDown(page)
  await page.goto(pageOf(simulator))
  await expectSaid(page, RECONNECTING, 30_000)
  await expect(page.getByRole('button', pill)).toHaveText('Live')
  await expect(page.getByRole('region', { name: 'Event log' })).toContainText(
    'The server went away while it was at it.',
  )
  // The server journals what it lost the moment it is back.
  const backAt = Number(
    simulator.journal().find(({ exitReason }) => exitReason === 'serverRestart')?.timestamp,
  )
  const claims = await claimsOf(page)
  expect(claims.findLast(({ at }) => at < backAt)?.words).toMatch(RECONNECTING)
  const tries = claims.flatMap(({ words }) => /try (\d+)/.exec(words)?.slice(1).map(Number) ?? [])
  expect(tries[0]).toBe(1)
  expect(tries).toEqual([...tries].sort((a, b) => a - b))
})

for (const [scenario, what, said] of [
  ['out-of-memory', 'scenes that fail', /^(Live|Stale)/],
  ['busy', 'a hundred scenes at once', /^(Live|Stale)/],
  ['timeouts', 'scenes that never finish', /^(Live|Stale)/],
  // What garbage came in the place of is read again from the journal.
  ['garbage', 'frames that say nothing', /^(Live|Stale|Catching up)/],
] as const) {
  test(`${scenario}: ${what} are no matter of the connection`, async ({ page, simulate }) => {
    const simulator = await simulate({ scenario })
    await writeDown(page)
    await page.goto(pageOf(simulator))
    await expect
      .poll(() => journaledAttempts(simulator).length, { timeout: 40_000 })
      .toBeGreaterThanOrEqual(6)
    await expect(page.getByRole('button', pill)).toHaveText('Live')
    const claims = (await claimsOf(page)).map(({ words }) => words)
    expect(claims.slice(claims.indexOf('Live')).filter((words) => !said.test(words))).toEqual([])
  })
}
