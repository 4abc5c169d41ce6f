import { violations } from './axe'
import { expect, expectWholeHistory, pageOf, test } from './dashboard'

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing on any page, ${theme}`, async ({ page, simulate }) => {
    const simulator = await simulate({ scenario: 'out-of-memory' })
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.goto(pageOf(simulator))
    await expect(page.getByRole('listitem', { name: /^scene-002, executing/ })).toBeVisible()
    await expect(page.getByRole('figure', { name: 'Free VRAM, GB, last 10 minutes' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: /^Connection: / }).click()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expectWholeHistory(page, simulator, 6)
    for (const route of ['#/history', '#/settings', '#/run/nobody']) {
      await page.goto(pageOf(simulator, route))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await violations(page)).toEqual([])
    }
    await page.goto(pageOf(simulator, '#/history'))
    await page.getByRole('link', { name: 'Night run' }).first().click()
    await expect(page.getByRole('heading', { level: 2 })).toHaveCount(4)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
}

test('no page scrolls sideways at 390, 768 or 1440 px', async ({ page, simulate }) => {
  const simulator = await simulate({ scenario: 'out-of-memory' })
  await page.goto(pageOf(simulator))
  await expectWholeHistory(page, simulator, 6)
  const run = await page.evaluate(() => location.hash)
  for (const width of [390, 768, 1440]) {
    await page.setViewportSize({ width, height: 844 })
    for (const route of ['#/live', '#/history', '#/settings', run]) {
      await page.goto(pageOf(simulator, route))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(over, `${route} at ${width} px`).toBe(0)
    }
  }
})

test('every page is reached by keyboard, and the keys can be turned off', async ({ page, simulate }) => {
  const simulator = await simulate()
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await page.getByRole('group', { name: 'Keyboard shortcuts' }).getByRole('radio', { name: 'off' }).check()
  await page.getByRole('heading', { name: 'Settings' }).click()
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused()
})

test('nothing that is being read moves while updates come in', async ({ page, simulate }) => {
  const simulator = await simulate({ pace: 1 })
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('listitem', { name: /^scene-001, executing/ })).toContainText('KSampler')
  await expect(page.getByRole('figure', { name: 'Free VRAM, GB, last 10 minutes' })).toBeVisible()
  const moved = await page.evaluate(async () => {
    const watched = [...document.querySelectorAll('main h1, main h2, main li, main dl, main figure')]
    const places = (): string =>
      JSON.stringify(
        watched.map((element) => element.getBoundingClientRect()).map(({ x, y, height }) => [x, y, height]),
      )
    const before = places()
    const until = performance.now() + 4_000
    while (performance.now() < until) {
      await new Promise(requestAnimationFrame)
      const now = places()
      if (now !== before) return { before, now }
    }
    return 'nothing'
  })
  expect(moved).toBe('nothing')
})

test('names without end and absurd counts neither blank a page nor widen it', async ({ page, simulate }) => {
  const simulator = await simulate({ tellsStories: false })
  const long = 'x'.repeat(250)
  const telemetry = {
    runId: 'long',
    runName: long,
    sceneId: long,
    sceneCount: 5e9,
    tags: [long.slice(0, 120)],
  }
  const prompt = {
    1: { class_type: 'Simulate', inputs: { how: 'success', seconds: 60 } },
    2: { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'scene' } },
  }
  await fetch(`${simulator.url}/prompt`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt, extra_data: { telemetry } }),
  })
  await page.setViewportSize({ width: 390, height: 844 })
  for (const route of ['#/live', '#/history', '#/run/long']) {
    await page.goto(pageOf(simulator, route))
    await expect(page.getByRole('main').getByText(long).first()).toBeVisible()
    const over = (): Promise<number> =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    await expect.poll(over, route).toBe(0)
  }
})
