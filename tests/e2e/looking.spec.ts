import type { Page } from '@playwright/test'
import type { Simulator } from '../../simulator/createSimulator'
import { expect, expectWholeHistory, journaledAttempts, pageOf, test } from './dashboard'

/** Playwright's pages stay visible behind others: what the browser would tell is told by hand. */
const setVisibility = (page: Page, state: 'visible' | 'hidden'): Promise<void> =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
/** Queues a run whose scenes end as they are told, and are tried once. */
async function queueRun(
  simulator: Simulator,
  ...ends: readonly ('success' | 'outOfMemory')[]
): Promise<void> {
  const policy = {
    maxWaitSeconds: 600,
    maxAttempts: 0,
    pollIntervalSeconds: 2,
    postExecutionTimeoutSeconds: 30,
    sceneRetryBudget: 0,
    delayBetweenScenesSeconds: 0,
    batchSize: 0,
  }
  const run = { runId: 'film', runName: 'Film', sceneCount: ends.length, policy }
  const prompt = {
    1: { class_type: 'Simulate', inputs: { how: 'success', seconds: 10 } },
    2: { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'scene' } },
  }
  for (const [i, simulate] of ends.entries())
    await fetch(`${simulator.url}/prompt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        prompt,
        extra_data: { simulate, telemetry: { ...run, sceneId: `scene-${i + 1}` } },
      }),
    })
}
/** The tab that records is the one that notifies. */
async function expectRecording(page: Page): Promise<void> {
  const pill = page.getByRole('button', { name: /^Connection: / })
  await pill.click()
  await expect(page.getByRole('dialog', { name: /^Connection: / })).toContainText('This tab saves every run')
  await page.keyboard.press('Escape')
}
const icon = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href ?? '')

test('the tab tells how far the run is behind another one, and its end until somebody looks', async ({
  page,
  context,
  simulate,
}) => {
  const simulator = await simulate({ tellsStories: false, pace: 0.3 })
  await page.goto(pageOf(simulator))
  await setVisibility(page, 'hidden')
  const front = await context.newPage()
  await front.bringToFront()
  await expect(page).toHaveTitle('Live · simulated · gemDirect1 telemetry')
  const idle = await icon(page)
  await queueRun(simulator, 'success', 'outOfMemory', 'success')
  await expect(page).toHaveTitle(/^[01]\/3 · Film · Live · simulated · gemDirect1 telemetry$/)
  const running = await icon(page)
  await expect(page).toHaveTitle(/^✗1 1\/3 · Film · /)
  const failed = await icon(page)
  expect(new Set([idle, running, failed]).size).toBe(3)
  await expect(page).toHaveTitle(/^✗ 1 failed · Film ended · Live/)
  await setVisibility(page, 'visible')
  await expect(page).toHaveTitle('Live · simulated · gemDirect1 telemetry')
  expect(await icon(page)).toBe(idle)
})

test('what came out is shown as pictures, and what is gone is said to be gone', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate()
  await expect.poll(() => journaledAttempts(simulator).length).toBe(4)
  const runId = String(simulator.journal()[0]?.runId)
  await page.goto(pageOf(simulator, `#/live?run=${runId}`))
  const card = page.getByRole('listitem', { name: /^scene-001, completed/ })
  const picture = card.getByRole('img', { name: /^scene_\d+_\.png$/ })
  const width = (): Promise<number> => picture.evaluate((img) => (img as HTMLImageElement).naturalWidth)
  await expect.poll(width).toBeGreaterThan(0)
  await card.getByRole('button', { name: 'scene-001 details' }).click()
  const whole = page
    .getByRole('dialog', { name: 'scene-001' })
    .getByRole('link', { name: /^scene_\d+_\.png/ })
  await expect(whole).toHaveAttribute('href', /\/view\?filename=scene_\d+_\.png&subfolder=&type=output$/)
  await expect(whole).toHaveAttribute('target', '_blank')
  await expectWholeHistory(page, simulator, 4)

  await page.route('**/view?*', (route) => route.fulfill({ status: 404, body: '' }))
  await page.goto(pageOf(simulator, `#/run/${runId}`))
  await page.reload()
  await expect(page.getByText('No longer on the server.')).toHaveCount(4)
  await expect(page.getByRole('main').getByRole('img', { name: /scene_/ })).toHaveCount(0)
})

test('a failed scene notifies who turned that on and looks elsewhere; a click leads to it', async ({
  page,
  context,
  simulate,
}) => {
  await context.grantPermissions(['notifications'])
  await page.addInitScript(() => {
    const shown: { title: string; body: string; click(): void }[] = []
    class Stub {
      static readonly permission = 'granted'
      onclick: (() => void) | null = null
      constructor(title: string, { body = '' }: NotificationOptions) {
        shown.push({ title, body, click: () => this.onclick?.() })
      }
      close(): void {
        // Nothing to take away.
      }
    }
    Object.assign(window, { Notification: Stub, shown })
  })
  const simulator = await simulate({ tellsStories: false })
  await page.goto(pageOf(simulator, '#/settings'))
  await expectRecording(page)
  const choice = page.getByRole('checkbox', { name: /^Tell me when a run ends or a scene fails/ })
  await expect(choice).not.toBeChecked()
  await choice.check()
  await setVisibility(page, 'hidden')
  await queueRun(simulator, 'outOfMemory', 'success', 'success', 'success')
  const titles = (): Promise<string[]> =>
    page.evaluate(() => (window as unknown as { shown: { title: string }[] }).shown.map(({ title }) => title))
  await expect.poll(titles).toEqual(['✗ scene-1 failed in Film (simulated)'])
  await page.evaluate(() => (window as unknown as { shown: { click(): void }[] }).shown[0]?.click())
  await setVisibility(page, 'visible')
  await expect(page).toHaveURL(/#\/run\/film\?scene=scene-1$/)
  await expect(page.getByRole('listitem').filter({ hasText: 'scene-1' })).toContainText(
    'Ran out of GPU memory in Simulate',
  )
})

test('a page of plain http says that it has no notifications, and what there is instead', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ tellsStories: false })
  await page.goto(`http://gpu-box:${simulator.port}/telemetry/ui/#/settings`)
  await expect(page.getByText(/^Notifications need https or localhost/)).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /^Tell me when/ })).toBeDisabled()
})

test('who comes back is told what happened, from the history, though no tab was open', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ tellsStories: false })
  await queueRun(simulator, 'success', 'outOfMemory', 'success')
  await expect.poll(() => journaledAttempts(simulator).length).toBe(3)
  await page.addInitScript(() => {
    if (localStorage.getItem('gemdirect1-telemetry.lastLook') === null)
      localStorage.setItem('gemdirect1-telemetry.lastLook', String(Date.now() - 3 * 3_600_000))
  })
  await page.goto(pageOf(simulator))
  const card = page.getByRole('region', { name: /While you were away \(3.h 00.m\)/ })
  await expect(card).toContainText('1 run ended, 2 of 3 scenes completed, 1 failed.')
  await card.getByRole('link', { name: 'scene-2 of Film' }).click()
  await expect(page).toHaveURL(/#\/run\/film\?scene=scene-2$/)
  await page.goBack()
  await card.getByRole('button', { name: 'Dismiss' }).click()
  await expect(card).toHaveCount(0)
})
