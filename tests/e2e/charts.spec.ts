import { readFile } from 'node:fs/promises'
import type { Download, Locator, Page } from '@playwright/test'
import { violations } from './axe'
import { expect, pageOf, test } from './dashboard'

const RUNS = 400

/** The History page of a generated history. */
async function openHistory(page: Page, url: string): Promise<void> {
  await page.goto(`${url}#/settings/storage?seed=${RUNS}`)
  await page.getByRole('button', { name: /^Fill/ }).click()
  await expect(page.getByText('are in the simulated history now')).toBeVisible({ timeout: 30_000 })
  await page.goto(`${url}#/history`)
  await expect(page.getByText(`${RUNS} runs`, { exact: true })).toBeVisible()
}
async function choose(page: Page, chart: string, name: RegExp): Promise<Locator> {
  await page.getByRole('tab', { name: chart, exact: true }).click()
  return figure(page, name)
}
async function figure(page: Page, name: RegExp): Promise<Locator> {
  const found = page.getByRole('figure', { name })
  await expect(found).toBeVisible()
  return found
}
const points = (chart: Locator): Locator => chart.getByRole('slider', { name: /^Points of/ })
/** A chart's rows as texts, by the table in its place. */
async function rowsOf(chart: Locator): Promise<readonly (readonly string[])[]> {
  const button = chart.getByRole('button', { name: 'Table' })
  await button.click()
  const rows = await chart
    .locator('tbody tr')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map(({ textContent }) => textContent ?? '')),
    )
  await button.click()
  return rows
}
const counted = (page: Page): Locator => page.getByText(new RegExp(`^[1-9][\\d,]* of ${RUNS} runs$`)).first()
const matching = async (page: Page): Promise<number> =>
  Number.parseInt((await counted(page).textContent()) ?? '')
const saved = async (page: Page, press: Locator): Promise<Download> => {
  const download = page.waitForEvent('download')
  await press.click()
  return download
}
const contentOf = async (download: Download): Promise<Buffer> => readFile(await download.path())

test.use({ viewport: { width: 1440, height: 900 } })

test('the tables of the three charts tell what the page tells of the runs that match', async ({
  page,
  simulate,
}) => {
  await openHistory(page, pageOf(await simulate({ tellsStories: false })))
  const durations = await rowsOf(await choose(page, 'Duration', /^Duration of/))
  expect(durations.filter(([, , , , status]) => !/failed|timeout/.test(status ?? ''))).toHaveLength(RUNS)

  const rates = await choose(page, 'Success rates', /^Success rate by GPU/)
  await rates.getByRole('combobox', { name: 'Grouped by' }).selectOption('by day')
  const days = await rowsOf(await figure(page, /^Success rate by day/))
  expect(days.reduce((sum, [, runs]) => sum + Number(runs), 0)).toBe(RUNS)
  expect(await violations(page)).toEqual([])

  await page.goto(`${page.url().split('#')[0]}#/history?q=gpu:"NVIDIA+RTX+A6000"&v=1`)
  const match = await matching(page)
  const scatter = await choose(page, 'GPU', /^Scene duration against free VRAM: .* 1 GPU/)
  await expect(scatter.getByText(`${match} of ${RUNS} runs`)).toBeVisible()
  const scenes = await rowsOf(scatter)
  expect(new Set(scenes.map(([, , gpu]) => gpu))).toEqual(new Set(['NVIDIA RTX A6000']))
  expect(scenes.length).toBeGreaterThan(match)
})

test('a bar filters, Back takes it back, and a point opens its run at the scene', async ({
  page,
  simulate,
}) => {
  await openHistory(page, pageOf(await simulate({ tellsStories: false })))
  const rates = await choose(page, 'Success rates', /^Success rate by GPU, 3 groups/)
  const [[largest = '', runs] = []] = await rowsOf(rates)
  await points(rates).click({ position: { x: 400, y: 12 } })
  await expect(page.getByRole('button', { name: `Remove gpu:"${largest}"` })).toBeVisible()
  await expect.poll(() => matching(page)).toBe(Number(runs))
  await figure(page, /^Success rate by GPU, 1 group/)
  await page.goBack()
  await expect(page.getByText(`${RUNS} runs`, { exact: true })).toBeVisible()

  await figure(page, /^Success rate by GPU, 3 groups/)
  await points(rates).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Alt+Enter')
  await expect(page.getByRole('button', { name: `Remove -gpu:"${largest}"` })).toBeVisible()
  await expect.poll(() => matching(page)).toBeLessThan(RUNS)
  await expect(points(await figure(page, /^Success rate by GPU, 2 groups/))).toBeFocused()
  await page.goBack()

  const scatter = await choose(page, 'GPU', /^Scene duration against free VRAM/)
  await points(scatter).focus()
  await page.keyboard.press('Home')
  const cursor = await scatter.locator('.tele-chart-cursor').boundingBox()
  if (!cursor) throw new Error('nothing is pointed at')
  await page.mouse.click(cursor.x + cursor.width / 2, cursor.y + cursor.height / 2)
  await expect(page).toHaveURL(/#\/run\/.+\?scene=scene-/)
  await expect(page.getByRole('button', { expanded: true }).first()).toBeVisible()
})

test('a stretch of the durations is zoomed to, and all are shown again', async ({ page, simulate }) => {
  await openHistory(page, pageOf(await simulate({ tellsStories: false })))
  const chart = await choose(page, 'Duration', /^Duration of/)
  const all = await points(chart).getAttribute('aria-valuemax')
  const area = await points(chart).boundingBox()
  if (!area) throw new Error('no chart')
  const y = area.y + area.height / 2
  await page.mouse.move(area.x + 0.4 * area.width, y)
  await page.mouse.down()
  await page.mouse.move(area.x + 0.6 * area.width, y, { steps: 4 })
  await page.mouse.up()
  const showAll = chart.getByRole('button', { name: 'Show all' })
  await expect(showAll).toBeVisible()
  await expect
    .poll(async () => Number(await points(chart).getAttribute('aria-valuemax')))
    .toBeLessThan(Number(all) / 2)
  await showAll.click()
  await expect(points(chart)).toHaveAttribute('aria-valuemax', all ?? '')
  await expect(showAll).toBeHidden()

  await page.mouse.move(area.x + 0.4 * area.width, y)
  await page.mouse.down()
  await page.mouse.move(area.x + 0.6 * area.width, y, { steps: 4 })
  await page.mouse.up()
  await chart.getByRole('button', { name: 'Filter to this time' }).click()
  await expect(page).toHaveURL(/after.*before/)
  await expect.poll(() => matching(page)).toBeLessThan(RUNS / 2)
  await expect(showAll).toBeHidden()
})

test('a chart is saved as a picture with its title, filter and number', async ({ page, simulate }) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await openHistory(page, url)
  await page.goto(`${url}#/history?q=status:failed&v=1`)
  const match = await matching(page)
  const chart = await choose(page, 'Success rates', /^Success rate by GPU/)
  await expect(chart.getByText(`status:failed, ${match} of ${RUNS} runs`)).toBeVisible()
  const svg = await saved(page, chart.getByRole('button', { name: 'SVG' }))
  expect(svg.suggestedFilename()).toMatch(/^success-rate-by-gpu-\d{4}-\d\d-\d\d\.svg$/)
  const markup = (await contentOf(svg)).toString()
  expect(markup).toContain('Simulated: Success rate by GPU')
  expect(markup).toContain(`status:failed, ${match} of ${RUNS} runs`)
  expect(markup).not.toContain('var(--')
  const png = await saved(page, chart.getByRole('button', { name: 'PNG' }))
  const bytes = await contentOf(png)
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  // Width, at twice the page's pixels.
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(1_200)
})
