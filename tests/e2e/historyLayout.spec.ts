import type { Locator, Page } from '@playwright/test'
import { expect, fillHistory, pageOf, test } from './dashboard'

const RUNS = 120

const fill = (page: Page, url: string): Promise<void> => fillHistory(page, url, RUNS)
const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Saved runs' })
const topOf = async (target: Locator): Promise<number> => (await target.boundingBox())?.y ?? NaN
const drawn = (page: Page): Locator => page.locator('.tele-history-chart svg.recharts-surface').first()

/** Whether all of it stands within the window. */
async function expectInside(page: Page, target: Locator): Promise<void> {
  const box = await target.boundingBox()
  const { width = 0, height = 0 } = page.viewportSize() ?? {}
  expect(box?.x).toBeGreaterThanOrEqual(0)
  expect(box?.y).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? NaN)).toBeLessThanOrEqual(width)
  expect((box?.y ?? 0) + (box?.height ?? NaN)).toBeLessThanOrEqual(height)
}

test.use({ viewport: { width: 1440, height: 900 } })

test('the table stays where it is, whichever chart is above it and in whichever form', async ({
  page,
  simulate,
}) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  await page.route('**/ChartView*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue()
  })
  await page.goto('about:blank')
  await page.goto(`${url}#/history?v=1`)
  await expect(page.locator('.tele-chart-bones')).toBeVisible()
  await expect(grid(page).getByRole('link').first()).toBeVisible()
  const before = await topOf(grid(page))
  await expect(drawn(page)).toBeVisible()
  expect(await topOf(grid(page))).toBe(before)
  for (const name of ['Success rates', 'GPU', 'Duration']) {
    await page.getByRole('tab', { name }).click()
    await expect(drawn(page)).toBeVisible()
    expect(await topOf(grid(page))).toBe(before)
  }
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  await expect(page.getByRole('region', { name: /, table$/ })).toBeVisible()
  expect(await topOf(grid(page))).toBe(before)
})

test('nothing leaves its place: the columns, the filters with a long name chosen, a message', async ({
  page,
  simulate,
}) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  await page.goto(`${url}#/history?v=1`)
  const side = page.getByRole('complementary', { name: 'Filters' })
  await side.getByRole('checkbox', { name: /^NVIDIA GeForce RTX 4090/ }).click()
  await expect(page.getByRole('button', { name: /^Remove gpu:/ })).toBeVisible()
  expect(await side.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)

  await side.getByRole('button', { name: 'Calendar…' }).click()
  await expect(side.getByRole('button', { name: '15' })).toBeVisible()
  await expect(side.locator('.rdrInRange').first()).toBeHidden()

  await grid(page).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Delete')
  const messages = page.getByRole('region', { name: 'Messages' })
  await expect(messages.getByText('Deleted 1 run.')).toBeVisible()
  const end = await grid(page).evaluate((element) => element.getBoundingClientRect().bottom)
  expect(await topOf(messages)).toBeGreaterThan(end)

  for (const height of [900, 600]) {
    await page.setViewportSize({ width: 1440, height })
    await page.getByRole('button', { name: 'Columns' }).click()
    const menu = page.getByRole('dialog', { name: 'Columns' })
    await menu.getByRole('checkbox').last().scrollIntoViewIfNeeded()
    await expectInside(page, menu)
    await expectInside(page, menu.getByRole('checkbox').last())
    await page.keyboard.press('Escape')
  }
})

test('on a phone the files are in a menu', async ({ page, simulate }) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${url}#/history?v=1`)
  await page.getByRole('button', { name: 'More' }).click()
  await expectInside(page, page.getByRole('dialog', { name: 'More' }))
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'The table as CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.csv$/)
})

test('on a small phone no word of what stands above the table is broken', async ({ page, simulate }) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  await page.setViewportSize({ width: 300, height: 700 })
  await page.goto(`${url}#/history?v=1`)
  for (const name of ['Select', 'More']) {
    const lines = await page.getByRole('button', { name, exact: true }).evaluate((button) => {
      const text = document.createRange()
      text.selectNodeContents(button)
      return text.getClientRects().length
    })
    expect(lines).toBe(1)
  }
  await expectInside(page, page.getByRole('button', { name: 'More' }))
})

test('every column that is chosen is shown: the table scrolls sideways, the page does not, the name stays', async ({
  page,
  simulate,
}) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  await page.goto(`${url}#/history?v=1`)
  await page.getByRole('button', { name: 'Columns' }).click()
  for (const name of ['Story id', 'Fallbacks', 'GPU', 'Tags'])
    await page.getByRole('checkbox', { name, exact: true }).check()
  await page.keyboard.press('Escape')
  const name = grid(page).getByRole('rowheader').first()
  const last = page.getByRole('columnheader', { name: 'Tags' })
  for (const width of [1_440, 768]) {
    await page.setViewportSize({ width, height: 900 })
    await grid(page).focus()
    await page.keyboard.press('End')
    await expectInside(page, last)
    await expectInside(page, name)
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await expectInside(page, page.getByRole('columnheader', { name: 'When' }))
    await expect(last).not.toBeInViewport()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    expect(await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0)
  }
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await grid(page).evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
  await page.setViewportSize({ width: 1_440, height: 900 })
  await grid(page).getByRole('row').nth(2).getByRole('gridcell').nth(4).click()
  await expect(page).toHaveURL(/#\/run\//)
})
