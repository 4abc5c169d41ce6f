import { networkInterfaces } from 'node:os'
import { expect, expectWholeHistory, journaledAttempts, pageOf, SIMULATED_DB, test } from './dashboard'

const pill = { name: /^Connection: / }

/** This machine as others see it; nothing where it is on no network. */
function ownAddress(): Readonly<Record<string, string>> {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
  const own = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)
  return own ? { 'an address of the network': own.address } : {}
}

test('a scene that runs out of memory says so in the card, the log and the history', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ scenario: 'out-of-memory' })
  await page.goto(pageOf(simulator))
  const sentence = 'Ran out of GPU memory in KSampler. Try a smaller batch or size.'
  await expect(page.getByRole('region', { name: 'Event log' }).getByText(sentence)).toBeVisible()
  await page.getByRole('button', { name: 'Errors' }).click()
  await expect(page.getByRole('region', { name: 'Event log' }).getByText('queued')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 of 4 scenes, 1 failed')
  await page.goto(pageOf(simulator, '#/history'))
  await page.getByRole('link', { name: 'Night run' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'scene-002' })).toContainText('2 attempts')
})

test('the page says all the time that the data is simulated, and plays another scenario when asked', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ sought: '127.0.0.1:8188' })
  await page.goto(pageOf(simulator))
  const banner = page.getByRole('region', { name: 'Simulation' })
  await expect(banner).toContainText('Simulated data. No ComfyUI at 127.0.0.1:8188.')
  await banner.getByRole('combobox', { name: 'Scenario' }).selectOption('busy')
  await expect.poll(() => simulator.scenario()).toBe('busy')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('of 100 scenes')
  await page.goto(pageOf(simulator, '#/history'))
  await expect(banner).toBeVisible()
})

test('where IndexedDB is denied the live page works on and says that nothing is saved', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate()
  await page.addInitScript(() => {
    // A worker has its own scope: without one the services run in the page, whose storage is denied.
    Reflect.deleteProperty(globalThis, 'Worker')
    Object.defineProperty(globalThis, 'indexedDB', {
      value: {
        open() {
          throw new DOMException('denied', 'SecurityError')
        },
      },
    })
  })
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('alert')).toContainText('Nothing is being saved')
  await expect(page.getByRole('alert')).toContainText('The live view works on.')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('4 of 4 scenes')
  await page.getByRole('navigation').getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('row', { name: /Night run/ })).toContainText('4/4')
})

for (const [how, host] of Object.entries({ 'a local name': 'gpu-box', ...ownAddress() })) {
  test(`on plain http by ${how}, where a browser grants little, everything works all the same`, async ({
    page,
    simulate,
  }) => {
    const simulator = await simulate({ host: '0.0.0.0' })
    const at = (route: string): string => `http://${host}:${simulator.port}/telemetry/ui/${route}`
    await page.goto(at('#/live'))
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('4 of 4 scenes')
    await expect(page.getByRole('button', pill)).toHaveText('Live')
    await page.getByRole('button', pill).click()
    await expect(page.getByRole('dialog', pill)).toContainText('This tab saves every run')
    await expectWholeHistory(page, simulator, 4)
    await page.goto(at('#/history'))
    await page
      .getByRole('row', { name: /Night run/ })
      .getByRole('link')
      .click()
    await expect(page.getByRole('heading', { level: 2 })).toHaveCount(4)
    await page.goto(at('#/settings'))
    await expect(page.getByRole('main')).toContainText(
      'Whether the browser may drop them when room gets scarce can’t be told here.',
    )
  })
}

test('where storage fills up the page says so, works on, and saves everything once there is room', async ({
  page,
  simulate,
}) => {
  test.slow()
  const simulator = await simulate()
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'Worker')
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === 'scenes' && !('hasRoom' in globalThis))
        throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, args)
    }
  })
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('alert')).toContainText('Storage is full.')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('4 of 4 scenes')
  await page.evaluate(() => Object.assign(globalThis, { hasRoom: true }))
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expectWholeHistory(page, simulator, 4)
})

test('a history that a newer page wrote is left alone, and the page says so', async ({ page, simulate }) => {
  const simulator = await simulate()
  await page.goto(`${simulator.url}/system_stats`)
  await page.evaluate(async (name) => {
    const request = indexedDB.open(name, 99)
    await new Promise((resolve) => (request.onsuccess = resolve))
    request.result.close()
  }, SIMULATED_DB)
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('alert')).toContainText('written by a newer version of this page')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('4 of 4 scenes')
})

test('a server that refuses this page is told apart from one that is off, with the way out', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ tellsStories: false })
  const said = 'This server refuses pages from http://x. Set GEMDIRECT_TELEMETRY_ORIGINS=http://x.'
  await page.route('**/telemetry/info', (route) => route.fulfill({ status: 403, json: { error: said } }))
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('button', pill)).toHaveText('Refused · see why')
  await expect(page.getByRole('main').getByText(said)).toBeVisible()
})

test('a link to a run that is not live any more leads to where it is', async ({ page, simulate }) => {
  const simulator = await simulate({ tellsStories: false })
  await page.goto(pageOf(simulator, '#/live?run=nobody'))
  await expect(page.getByRole('heading', { name: 'This run is not live' })).toBeVisible()
  await page.getByRole('link', { name: 'show the newest run' }).click()
  await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible()
})

test('a link to what isn’t there says so and leads on', async ({ page, simulate }) => {
  const simulator = await simulate({ tellsStories: false })
  for (const route of ['#/run/nobody', '#/run/%E0%A4%A']) {
    await page.goto(pageOf(simulator, route))
    await expect(page.getByRole('heading', { name: 'No such run here' })).toBeVisible()
    await page.getByRole('main').getByRole('link', { name: 'All runs' }).click()
    await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
  }
})

test('a scene’s card leads to its figures, its error in full, and its attempts', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ scenario: 'out-of-memory' })
  await page.goto(pageOf(simulator))
  await expect.poll(() => journaledAttempts(simulator).length).toBeGreaterThanOrEqual(6)
  await page.goto(pageOf(simulator, `#/live?run=${String(simulator.journal()[0]?.runId)}`))
  const card = page.getByRole('listitem', { name: /^scene-003, failed/ })
  await card.getByRole('button', { name: 'scene-003 details' }).click()
  const dialog = page.getByRole('dialog', { name: 'scene-003' })
  await expect(dialog.getByRole('button', { name: /^Status: Failed in KSampler/ })).toBeVisible()
  await expect(dialog).toContainText('ValueError: Sizes of tensors must match: expected 64, got 72')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(card.getByRole('button', { name: 'scene-003 details' })).toBeFocused()
  await card.getByRole('button', { name: 'scene-003 details' }).click()
  await dialog.getByRole('link', { name: 'Its attempts in the history' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'scene-003' })).toContainText('attempt')
})

test('the scenario that another tab chose is shown in this one', async ({ page, simulate, context }) => {
  const simulator = await simulate()
  await page.goto(pageOf(simulator))
  await expect(page.getByLabel('Scenario')).toHaveValue('healthy')
  const other = await context.newPage()
  await other.goto(pageOf(simulator))
  await other.getByLabel('Scenario').selectOption('out-of-memory')
  await expect(page.getByLabel('Scenario')).toHaveValue('out-of-memory')
  await page.getByLabel('Scenario').selectOption('busy')
  await expect(other.getByLabel('Scenario')).toHaveValue('busy')
})
