import { expect, pageOf, test } from './dashboard'

const pill = { name: /^Connection: / }

test('on a phone the folds of Live are lines of text', async ({ page, simulate }) => {
  const simulator = await simulate({ pace: 0.5 })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(pageOf(simulator))
  for (const name of ['Last 10 minutes', 'Events']) {
    const box = await page.locator('summary', { hasText: name }).boundingBox()
    expect(box?.width).toBeGreaterThan(200)
    expect(box?.height).toBeLessThan(60)
  }
})

for (const width of [1440, 1024])
  test(`at ${width} px the pill’s longest words move nothing`, async ({ page, simulate }) => {
    const simulator = await simulate({ tellsStories: false })
    await page.setViewportSize({ width, height: 900 })
    await page.goto(pageOf(simulator))
    await expect(page.getByRole('button', pill)).toHaveText('Live')
    const places = async () => {
      const search = await page.getByRole('combobox').first().boundingBox()
      const help = await page.getByRole('button', { name: 'Keyboard shortcuts' }).boundingBox()
      return { search, help }
    }
    const before = await places()
    void simulator.restart(5_000)
    await expect(page.getByRole('button', pill)).toHaveText(/^Reconnecting/)
    expect(await places()).toEqual(before)
  })

test('an address of the settings shows the part it names', async ({ page, simulate }) => {
  const simulator = await simulate({ tellsStories: false })
  await page.goto(pageOf(simulator, '#/settings/display'))
  await expect(page.getByRole('heading', { name: 'Display' })).toBeInViewport()
  await page.goto(pageOf(simulator, '#/live'))
  await page.goto(pageOf(simulator, '#/settings/storage'))
  const top = async (): Promise<number | undefined> =>
    (await page.getByRole('heading', { name: 'Storage' }).boundingBox())?.y
  await expect.poll(top).toBeLessThan(160)
})

test('a page begins at its top, and stands where it was when one comes back', async ({ page, simulate }) => {
  const simulator = await simulate({ tellsStories: false })
  await page.setViewportSize({ width: 390, height: 600 })
  await page.goto(pageOf(simulator, '#/settings'))
  await expect(page.getByRole('heading', { name: 'Display' })).toBeVisible()
  await page.evaluate(() => scrollTo(0, 400))
  await page.getByRole('link', { name: 'Live' }).click()
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0)
  await page.goBack()
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(200)
})

test('a field with a value that is good is not outlined as wrong', async ({ page, simulate }) => {
  const simulator = await simulate({ tellsStories: false })
  await page.goto(pageOf(simulator, '#/generate'))
  const field = page.getByLabel('Max wait')
  const border = (): Promise<string> => field.evaluate((element) => getComputedStyle(element).borderTopColor)
  const good = await border()
  await field.fill('-1')
  await expect.poll(border).not.toBe(good)
  expect(
    await page.getByLabel('Batch size').evaluate((element) => getComputedStyle(element).borderTopColor),
  ).toBe(good)
})
