import { readFileSync } from 'node:fs'
import type { Download, Locator, Page } from '@playwright/test'
import papaparse from 'papaparse'
import { expect, fillHistory, pageOf, readStore, SIMULATED_DB, test } from './dashboard'

const RUNS = 120

const fill = (page: Page, url: string): Promise<void> => fillHistory(page, url, RUNS)
const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Saved runs' })
const row = (page: Page, index: number): Locator => grid(page).locator(`[aria-rowindex="${index + 2}"]`)
const bar = (page: Page): Locator => page.getByRole('group', { name: 'Selected runs' })
const message = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('region', { name: 'Messages' }).getByText(text)
const heads = (page: Page): Promise<string[]> => grid(page).getByRole('columnheader').allInnerTexts()
const storyOf = async (page: Page, index: number): Promise<string> =>
  (await row(page, index).getByRole('link').getAttribute('href')) ?? ''
/** The cell that the keyboard is at, as row and column that are read out. */
const active = (page: Page): Promise<string> =>
  grid(page).evaluate((element) => {
    const cell = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')
    const place = cell?.closest('[aria-rowindex]')?.getAttribute('aria-rowindex')
    return `${place}/${[...(cell?.parentElement?.children ?? [])].findIndex((each) => each === cell)}`
  })
async function textOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8')
}
async function downloadBy(page: Page, name: RegExp): Promise<Download> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ])
  return download
}

test.use({ viewport: { width: 1440, height: 900 } })

test('order and columns survive a reload, and both files are the table', async ({
  page,
  browser,
  simulate,
}) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  await page.goto(`${url}#/history`)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Fallbacks' }).uncheck()
  await page.getByRole('checkbox', { name: 'Story id' }).check()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Avg scene' }).click()
  await expect(page.getByRole('columnheader', { name: 'Avg scene' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  const before = { heads: await heads(page), first: await storyOf(page, 0) }
  await page.reload()
  await expect.poll(() => heads(page)).toEqual(before.heads)
  expect(await storyOf(page, 0)).toBe(before.first)

  const { data } = papaparse.parse<Record<string, string>>(
    (await textOf(await downloadBy(page, /as CSV$/))).slice(1),
    { header: true, skipEmptyLines: true },
  )
  expect(data).toHaveLength(RUNS)
  expect(Object.keys(data[0] ?? {})).toContain('Story id')
  expect(Object.keys(data[0] ?? {})).not.toContain('Fallbacks')
  const times = data.flatMap((each) => (each['Avg scene, s'] ? [Number(each['Avg scene, s'])] : []))
  expect(times).toEqual([...times].sort((a, b) => b - a))

  const exported = await downloadBy(page, /^Export \d+ runs as JSON$/)
  const fresh = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await fresh.goto(`${url}#/history`)
  await expect(fresh.getByRole('heading', { name: 'No runs yet' })).toBeVisible()
  await fresh.getByLabel('Import…').setInputFiles(await exported.path())
  await fresh.getByRole('button', { name: `Import ${RUNS} runs` }).click()
  await expect(grid(fresh)).toHaveAttribute('aria-rowcount', String(RUNS + 1))
  const records = async (of: Page, store: string) =>
    (await readStore(of, SIMULATED_DB, store)).map(({ chunk: _, arrived: __, ...record }) => record)
  for (const store of ['runs', 'scenes', 'samples'])
    expect(await records(fresh, store)).toEqual(await records(page, store))
  await fresh.context().close()
})

test('the keyboard goes through the table, picks, tags, deletes with a way back, and compares', async ({
  page,
  simulate,
}) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  await page.goto(`${url}#/history`)
  await expect(row(page, 0)).toBeVisible()
  await grid(page).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  expect(await active(page)).toBe('3/0')
  await page.keyboard.press('End')
  expect(await active(page)).toBe(`3/${(await heads(page)).length - 1}`)
  await page.keyboard.press('Control+End')
  await expect(row(page, RUNS - 1)).toBeVisible()
  await page.keyboard.press('Control+Home')
  expect(await active(page)).toBe('2/0')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  await expect(bar(page)).toContainText('3 selected')

  await page.keyboard.press('t')
  await expect(page.getByRole('textbox', { name: 'New tags, separated by commas' })).toBeFocused()
  await page.keyboard.type('rain, night shoot')
  await page.keyboard.press('Enter')
  await expect(message(page, 'Tagged 3 runs.')).toBeVisible()
  const tagged = (await readStore(page, SIMULATED_DB, 'runs')).filter(({ tags }) =>
    ['rain', 'night shoot'].every((tag) => Array.isArray(tags) && tags.includes(tag)),
  )
  expect(tagged).toHaveLength(3)

  const third = await storyOf(page, 3)
  await page.keyboard.press('Delete')
  await expect(message(page, 'Deleted 3 runs.')).toBeVisible()
  await expect.poll(() => storyOf(page, 0)).toBe(third)
  await message(page, 'Deleted 3 runs.').locator('..').getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => storyOf(page, 3)).toBe(third)
  await expect(bar(page)).toContainText('3 selected')

  await row(page, 1).getByRole('checkbox').uncheck()
  await page.keyboard.press('c')
  const figures = page.getByRole('table', { name: 'Figures' })
  await expect(figures).toContainText('(base)')
  await page.getByRole('button', { name: /^Make base: B / }).click()
  const base = figures.getByRole('columnheader').filter({ hasText: '(base)' })
  const pinned = await base.getByRole('link').getAttribute('href')
  await page.getByRole('combobox', { name: 'Order' }).selectOption({ label: 'the base, then fastest first' })
  await expect(figures.getByRole('columnheader').nth(1)).toContainText('(base)')
  expect(await base.getByRole('link').getAttribute('href')).toBe(pinned)
  await page.reload()
  await expect(base.getByRole('link')).toHaveAttribute('href', pinned ?? '')
})

test('a link opens a run at its scene, tab and stretch of time, and notes and tags are kept', async ({
  page,
  simulate,
}) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  const scenes = await readStore(page, SIMULATED_DB, 'scenes')
  const { runId, sceneId } = scenes[0] ?? {}
  await page.goto(`${url}#/run/${String(runId)}?scene=${String(sceneId)}&tab=gpu&t=10-60`)
  await expect(page.getByRole('tab', { name: 'GPU' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('combobox', { name: 'Traces of' })).toHaveValue(String(sceneId))

  await page.getByRole('tab', { name: 'Notes' }).click()
  expect(page.url()).toContain('tab=notes')
  await page.getByRole('button', { name: /^Edit notes: / }).click()
  await page.getByRole('textbox', { name: 'Notes' }).fill('softer light')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('textbox', { name: 'Add a tag' }).fill('dawn')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove the tag dawn' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Edit notes: softer light' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remove the tag dawn' })).toBeVisible()
})

test('notes that are being typed outlive a reload and a tab that is closed', async ({
  page,
  context,
  simulate,
}) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  const [run] = await readStore(page, SIMULATED_DB, 'runs')
  const notes = `${url}#/run/${encodeURIComponent(String(run?.runId))}?tab=notes`
  const type = async (tab: Page, text: string): Promise<void> => {
    await tab.getByRole('button', { name: /^Edit notes: / }).click()
    await tab.getByRole('textbox', { name: 'Notes' }).fill('')
    await tab.keyboard.type(text)
  }
  const isSaved = (tab: Page, text: string): Promise<void> =>
    expect(tab.getByRole('button', { name: `Edit notes: ${text}` })).toBeVisible()

  await page.goto(notes)
  await type(page, 'softer light')
  await page.reload()
  await isSaved(page, 'softer light')
  // What was taken up is saved now, and kept no more.
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).not.toContain('softer light')

  await type(page, 'harder light')
  await page.close({ runBeforeUnload: false })
  const next = await context.newPage()
  await next.goto(notes)
  await isSaved(next, 'harder light')
})

test('filling goes on when its page is left, says so, and is found again on the way back', async ({
  page,
  simulate,
}) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await page.goto(`${url}#/settings/storage?seed=20000`)
  await page.getByRole('button', { name: /^Fill/ }).click()
  await expect(page.getByRole('progressbar', { name: /^Filling in/ })).toBeVisible()
  await page.evaluate(() => (location.hash = '#/live'))
  const filling = message(page, /^Filling in 20,000 generated runs…/)
  await expect(filling).toBeVisible()
  await page.evaluate(() => (location.hash = '#/settings/storage?seed=20000'))
  await expect(filling).toHaveCount(0)
  await expect(page.getByRole('progressbar', { name: /^Filling in/ })).toBeVisible()
  await page.evaluate(() => (location.hash = '#/live'))
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Cancel' }).click()
  await expect(filling).toHaveCount(0)
})

test('all data goes when it is asked for twice', async ({ page, simulate }) => {
  const url = pageOf(await simulate({ tellsStories: false }))
  await fill(page, url)
  await page.getByRole('button', { name: 'Delete all my data…' }).click()
  await page.getByRole('textbox', { name: 'Type delete to go on' }).fill('delete')
  await page.keyboard.press('Enter')
  await expect(message(page, 'Everything that was saved here is deleted.')).toBeVisible()
  for (const store of ['runs', 'scenes', 'samples', 'columns'])
    expect(await readStore(page, SIMULATED_DB, store)).toEqual([])
  await page.goto(`${url}#/history`)
  await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible()
})
