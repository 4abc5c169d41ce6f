import type { Browser, Locator, Page } from '@playwright/test'
import { violations } from './axe'
import { expect, fillHistory, pageOf, test } from './dashboard'

const RUNS = 400

const fill = (page: Page, url: string): Promise<void> => fillHistory(page, url, RUNS)
const search = (page: Page): Locator => page.getByRole('combobox', { name: 'Search runs' })
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Filters' })
const box = (scope: Locator, name: RegExp): Locator => scope.getByRole('checkbox', { name })
const counted = (page: Page): Locator => page.getByText(new RegExp(`^[1-9][\\d,]* of ${RUNS} runs$`)).first()
/** Goes on with Tab until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let press = 0; press < 200; press++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not come there.')
}
const query = (page: Page): Promise<string | null> =>
  page.evaluate(() => new URLSearchParams(location.hash.split('?')[1]).get('q'))

/** How many runs the page says match, and the first of them. */
async function found(page: Page): Promise<{ readonly count: string; readonly first: readonly string[] }> {
  const links = page.getByRole('grid', { name: 'Saved runs' }).getByRole('link')
  await expect(links.first()).toBeVisible()
  const hrefs = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''))
  return {
    count: (await counted(page).textContent()) ?? '',
    first: hrefs.slice(0, 8).map((href) => href.replace(/\?.*/, '')),
  }
}
const fresh = async (browser: Browser, url: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await fill(page, url)
  return page
}

test.use({ viewport: { width: 1440, height: 900 } })

test('a query, clicks on values, a saved view, a reload and a shared link find the same runs', async ({
  page,
  browser,
  simulate,
}) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  await page.goto(`${url}#/history`)
  await page.keyboard.press('/')
  await page.keyboard.type('status:failed')
  await expect(counted(page)).toBeVisible()
  await box(panel(page), /^NVIDIA GeForce RTX 4090/).click()
  await expect(search(page)).toHaveValue('status:failed gpu:"NVIDIA GeForce RTX 4090"')
  await box(panel(page), /^timeout,/).click({ modifiers: ['Alt'] })
  await expect(page.getByRole('button', { name: 'Remove -status:timeout' })).toBeVisible()
  await expect.poll(() => query(page)).toContain('-status:timeout')

  await page.goBack()
  await expect(search(page)).toHaveValue('status:failed gpu:"NVIDIA GeForce RTX 4090"')
  await page.goForward()

  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.getByLabel('Save this view as')).toBeFocused()
  await page.keyboard.type('Failures on the 4090')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('This is “Failures on the 4090”.')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Avg scene' }).click()
  const before = await found(page)

  await page.reload()
  await expect.poll(() => found(page)).toEqual(before)
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByText(`${RUNS} runs`, { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('button', { name: /^Failures on the 4090 status/ }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => found(page)).toEqual(before)

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Share' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const other = await fresh(browser, url)
  await other.goto(link)
  await expect.poll(() => found(other)).toEqual(before)
  await other.context().close()
})

test('a hit opens the run at its scene, with what was sought marked', async ({ page, simulate }) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  await page.goto(`${url}#/history?q=status:failed+error:memory&v=1`)
  const link = page.getByRole('grid', { name: 'Saved runs' }).getByRole('link').first()
  await expect(link).toHaveAttribute('href', /\?scene=/)
  await link.click()
  await expect(page).toHaveURL(/#\/run\/.*\?scene=/)
  await expect(page.getByRole('button', { expanded: true }).first()).toBeVisible()
  await expect(
    page
      .locator('mark')
      .filter({ hasText: /^memory$/i })
      .first(),
  ).toBeVisible()
})

test.describe('date, scene, status and GPU', () => {
  test('by mouse', async ({ page, simulate }) => {
    const url = pageOf(await simulate({ tellsStories: false }))
    await fill(page, url)
    await page.goto(`${url}#/history`)
    await panel(page).getByRole('button', { name: '30 days' }).click()
    await box(panel(page), /^completed/).click()
    await box(panel(page), /^NVIDIA RTX A6000/).click()
    await panel(page).getByRole('textbox', { name: 'Scene id' }).click()
    await page.keyboard.type('scene-*')
    await page.getByRole('heading', { name: 'History' }).click()
    await expect
      .poll(() => query(page))
      .toBe('status:success gpu:"NVIDIA RTX A6000" scene:scene-* after:-30d')
    await expect(counted(page)).toBeVisible()
    await panel(page).getByRole('button', { name: 'Calendar…' }).click()
    await panel(page)
      .getByRole('button', { name: / 10, \d{4}$/ })
      .click()
    await panel(page)
      .getByRole('button', { name: / 12, \d{4}$/ })
      .click()
    await expect.poll(() => query(page)).toMatch(/after:\d{4}-\d\d-\d\dT\S+ before:\d{4}-\d\d-\d\dT/)
    expect(await violations(page)).toEqual([])
  })

  test('by keyboard', async ({ page, simulate }) => {
    const url = pageOf(await simulate({ tellsStories: false }))
    await fill(page, url)
    await page.goto(`${url}#/history`)
    await expect(page.getByRole('grid', { name: 'Saved runs' })).toBeVisible()
    await tabTo(page, panel(page).getByRole('button', { name: '30 days' }))
    await page.keyboard.press('Enter')
    await tabTo(page, box(panel(page), /^failed/))
    await page.keyboard.press('Alt+Enter')
    await tabTo(page, panel(page).getByRole('textbox', { name: 'Scene id' }))
    await page.keyboard.type('scene-*')
    await page.keyboard.press('Enter')
    await tabTo(page, box(panel(page), /^NVIDIA RTX A6000/))
    await page.keyboard.press('Space')
    await expect
      .poll(() => query(page))
      .toBe('-status:failed gpu:"NVIDIA RTX A6000" scene:scene-* after:-30d')
    await tabTo(page, page.getByRole('slider', { name: 'Shortest duration' }))
    await page.keyboard.press('PageUp')
    await page.keyboard.press('PageUp')
    await expect.poll(() => query(page)).toContain('duration:>')
    await page.getByRole('heading', { name: 'History' }).click()
    await page.keyboard.press('f')
    await expect(panel(page).getByRole('button', { name: /^Date/ })).toBeFocused()
    await page.keyboard.press('f')
    await expect(panel(page)).toBeHidden()
    await page.keyboard.press('f')
    await tabTo(page, panel(page).getByRole('button', { name: '30 days' }))
    await page.keyboard.press('Escape')
    await expect(panel(page)).toBeHidden()
    await expect(page.getByRole('main')).toBeFocused()
  })

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    test('by touch', async ({ page, simulate }) => {
      const url = pageOf(await simulate({ tellsStories: false }))
      await fill(page, url)
      await page.goto(`${url}#/history`)
      await page.getByRole('button', { name: 'Filters', exact: true }).tap()
      const sheet = page.getByRole('dialog', { name: 'Filters' })
      await sheet.getByRole('button', { name: '30 days' }).tap()
      await box(sheet, /^failed/).tap()
      await box(sheet, /^NVIDIA RTX A6000/).tap()
      await sheet.getByRole('textbox', { name: 'Scene id' }).tap()
      // A tap gives the focus when the browser has made out what it was: a phone shows its keys only then, too.
      await expect(sheet.getByRole('textbox', { name: 'Scene id' })).toBeFocused()
      await page.keyboard.type('scene-*')
      await page.keyboard.press('Enter')
      await expect
        .poll(() => query(page))
        .toBe('status:failed gpu:"NVIDIA RTX A6000" scene:scene-* after:-30d')
      expect(await violations(page)).toEqual([])
      await sheet.getByRole('button', { name: /^Show \d+ runs?$/ }).tap()
      await expect(sheet).toBeHidden()
      await expect(counted(page)).toBeVisible()
      await page.getByRole('button', { name: 'Remove status:failed' }).tap()
      await expect.poll(() => query(page)).not.toContain('status')
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    })

    test('the bar’s search opens over it and shows what it found', async ({ page, simulate }) => {
      const url = pageOf(await simulate({ tellsStories: false }))
      await fill(page, url)
      await page.goto(`${url}#/live`)
      const button = page.getByRole('button', { name: 'Search runs' })
      await button.tap()
      await expect(search(page)).toBeFocused()
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      await page.keyboard.press('Escape')
      await expect(button).toBeFocused()
      await button.tap()
      await expect(search(page)).toBeFocused()
      await page.keyboard.type('status:failed')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
      await expect(search(page)).toHaveValue('status:failed')
      await expect(counted(page)).toBeVisible()
    })
  })
})
