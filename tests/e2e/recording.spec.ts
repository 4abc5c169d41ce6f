import {
  expect,
  expectWholeHistory,
  journaledAttempts,
  pageOf,
  readStore,
  SIMULATED_DB,
  test,
} from './dashboard'

const connection = { name: /^Connection: / }

test('a story streams into the page and is in the history afterwards', async ({ page, simulate }) => {
  const simulator = await simulate()
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('of 4 scenes')
  await expect(page.getByRole('listitem', { name: /^scene-001, executing/ })).toBeVisible()
  await expect(page.getByRole('button', connection)).toHaveText('Live')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('4 of 4 scenes')
  await expectWholeHistory(page, simulator, 4)

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'History' }).click()
  const row = page.getByRole('row', { name: /Night run/ })
  await expect(row).toContainText('4/4')
  await expect(row).toContainText('completed')
  await row.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(4)
})

test('a reload in the middle of a run loses nothing and doubles nothing', async ({ page, simulate }) => {
  const simulator = await simulate()
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('listitem', { name: /^scene-002, executing/ })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('of 4 scenes')
  await expectWholeHistory(page, simulator, 4)
})

test('a killed server is said to be gone, and what it lost is in the history as its restart', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate()
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('listitem', { name: /^scene-002, executing/ })).toBeVisible()
  const back = simulator.restart(2_500)
  await expect(page.getByRole('button', connection)).toHaveText(/^Reconnecting · try \d+, next in \d+.s$/)
  await back
  await expect(page.getByRole('button', connection)).toHaveText('Live')
  await expectWholeHistory(page, simulator, 7)
  expect(journaledAttempts(simulator).map(({ exitReason }) => exitReason)).toContain('serverRestart')
})

test('a browser that connects for the first time afterwards has the whole run, its GPU figures too', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate()
  await expect.poll(() => journaledAttempts(simulator).length).toBe(4)
  await page.goto(pageOf(simulator))
  await expectWholeHistory(page, simulator, 4)
  await expect
    .poll(async () => (await readStore(page, SIMULATED_DB, 'samples')).length)
    .toBeGreaterThanOrEqual(4)
  const [first] = await readStore(page, SIMULATED_DB, 'scenes')
  expect(first?.gpuVramFree).toBeGreaterThan(0)
})

test('a tab that was closed during the run finds everything when it comes back', async ({
  context,
  simulate,
}) => {
  const simulator = await simulate()
  const first = await context.newPage()
  await first.goto(pageOf(simulator))
  await expect(first.getByRole('listitem', { name: /^scene-001, completed/ })).toBeVisible()
  await first.close()
  await expect.poll(() => journaledAttempts(simulator).length).toBeGreaterThanOrEqual(4)
  const second = await context.newPage()
  await second.goto(pageOf(simulator))
  await expectWholeHistory(second, simulator, 4)
})

test('through drops every few seconds nothing is lost and nothing comes twice', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ scenario: 'flapping', pace: 0.3 })
  await page.goto(pageOf(simulator))
  await expect.poll(() => journaledAttempts(simulator).length, { timeout: 40_000 }).toBeGreaterThanOrEqual(6)
  await expectWholeHistory(page, simulator, 6)
})
