import { readFileSync } from 'node:fs'
import { expect, pageOf, SIMULATED_DB, readStore, test } from './dashboard'

const pill = { name: /^Connection: / }
const ARTIFACT = readFileSync('tests/fixtures/artifacts/latest-run.json', 'utf8')

test('where no server answers the page shows its artifact file as saved figures, until one does', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ tellsStories: false })
  for (const address of ['**/telemetry/info', '**/system_stats'])
    await page.route(address, (route) => route.abort('connectionrefused'))
  await page.route('**/artifacts/latest-run.json', (route) => route.fulfill({ body: ARTIFACT }))
  await page.goto(pageOf(simulator))

  await expect(page.getByRole('button', pill)).toHaveText('Saved figures')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'A keeper finds that the light answers.',
  )
  await expect(page.getByRole('heading', { level: 1 })).toContainText('2 of 3 scenes, 1 timeout')
  await expect(page.getByRole('main').getByText(/^Shown are the saved figures/)).toBeVisible()
  await expect(page.getByRole('main').getByText(/^No answer: the server is off/)).toBeVisible()
  const card = page.getByRole('listitem', { name: /^scene-002, timeout, attempt 2/ })
  await expect(card).toContainText('Saved')
  await expect(card).toContainText('Stopped at 2 m 00 s, the limit you set.')
  await card.getByRole('button', { name: 'scene-002 details' }).click()
  const dialog = page.getByRole('dialog', { name: 'scene-002' })
  await expect(dialog.getByText('Saved', { exact: true })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Duration: 2 minutes 0 seconds, saved' })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.unrouteAll()
  await expect(page.getByRole('button', pill)).toHaveText('Live', { timeout: 40_000 })
  await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible()
  for (const dbName of ['gemdirect1-telemetry', SIMULATED_DB])
    expect(await readStore(page, dbName, 'runs')).toEqual([])
})
