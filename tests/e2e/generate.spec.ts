import type { Page } from '@playwright/test'
import type { Simulator } from '../../simulator/createSimulator'
import { expect, expectWholeHistory, pageOf, test } from './dashboard'

const graph = (seconds: number, how = 'success'): object => ({
  '1': { class_type: 'Simulate', inputs: { how, seconds } },
  '2': { class_type: 'CLIPTextEncode', inputs: { clip: ['1', 0], text: 'a harbour' } },
  '3': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'scene' } },
})

async function fill(
  page: Page,
  simulator: Simulator,
  workflow: object,
  scenes: readonly string[],
): Promise<void> {
  await page.goto(pageOf(simulator))
  await page.getByRole('link', { name: 'Generate…' }).click()
  await page.getByLabel('Workflow in API format').fill(JSON.stringify(workflow))
  await page.getByLabel('Scenes, one a line').fill(scenes.join('\n'))
  await page.getByLabel('Name', { exact: true }).fill('Harbour')
}
const generate = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^Generate \d+ scene/ }).click()
const statuses = (simulator: Simulator): string[] =>
  simulator
    .journal()
    .flatMap(({ sceneId, status }) => (status === undefined ? [] : [`${String(sceneId)} ${String(status)}`]))

test('a workflow and a text a scene become a run that ends in the history', async ({ page, simulate }) => {
  const simulator = await simulate({ tellsStories: false })
  await fill(page, simulator, graph(5), ['A harbour at dawn', 'A ship comes in'])
  await generate(page)
  await expect(page.getByRole('heading', { name: 'Harbour 0 of 2 scenes' })).toBeVisible()
  await expect(page).toHaveURL(/#\/live\?run=/)
  await expect(page.getByText('All scenes completed')).toBeVisible()
  await expectWholeHistory(page, simulator, 2)
  expect(statuses(simulator)).toEqual([
    'scene-001 queued',
    'scene-001 executing',
    'scene-001 completed',
    'scene-002 queued',
    'scene-002 executing',
    'scene-002 completed',
  ])
})

test('what the server would refuse is named by scene, node and input, and nothing is queued', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ tellsStories: false })
  await fill(page, simulator, graph(1, 'perhaps'), ['A harbour', 'A ship'])
  await generate(page)
  const refusal = page.getByRole('alert')
  await expect(refusal).toContainText('Nothing was queued.')
  await expect(refusal).toContainText(
    'Scenes 1, 2, node 1: Simulate.how is "perhaps", which the server does not offer.',
  )
  await expect(refusal).toBeFocused()
  expect(simulator.journal()).toEqual([])
})

test('the editor’s own format is told from the API format', async ({ page, simulate }) => {
  const simulator = await simulate({ tellsStories: false })
  await fill(page, simulator, { nodes: [], links: [] }, ['A harbour'])
  await expect(page.getByText('In ComfyUI choose Workflow → Export (API)')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Generate/ })).toBeDisabled()
})

test('a reload in mid-run asks first; then the page offers to go on, and nothing is queued twice', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ tellsStories: false })
  await fill(page, simulator, graph(30), ['A harbour at dawn', 'A ship comes in'])
  await generate(page)
  await expect(page.getByText('Keep this tab open: 1 scene still to be queued')).toBeVisible()
  const asked = page.waitForEvent('dialog')
  const reloaded = page.reload()
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.accept()
  await reloaded
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('All scenes completed')).toBeVisible({ timeout: 30_000 })
  await expectWholeHistory(page, simulator, 2)
  expect(statuses(simulator).filter((line) => line.endsWith('queued'))).toEqual([
    'scene-001 queued',
    'scene-002 queued',
  ])
})

test('a tab that the run does not need closes without a question, and the server goes on', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ tellsStories: false })
  await fill(page, simulator, graph(30), ['A harbour', 'A ship'])
  await page.getByLabel('Retries per scene').fill('0')
  await page.getByLabel('All at once.').check()
  await generate(page)
  await expect(page.getByText('this tab may be closed')).toBeVisible()
  await page.close({ runBeforeUnload: true })
  await expect.poll(() => page.isClosed()).toBe(true)
  await expect.poll(() => statuses(simulator), { timeout: 20_000 }).toContain('scene-002 completed')
})

test('stopped, a run leaves nothing on the server and its scenes say so', async ({ page, simulate }) => {
  const simulator = await simulate({ tellsStories: false })
  await fill(page, simulator, graph(6_000), ['A harbour', 'A ship'])
  await generate(page)
  await expect.poll(() => statuses(simulator)).toContain('scene-001 executing')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expectWholeHistory(page, simulator, 1)
  expect(statuses(simulator)).toEqual(['scene-001 queued', 'scene-001 executing', 'scene-001 failed'])
})

test('failed scenes are queued again as the same run’s next attempts', async ({ page, simulate }) => {
  const simulator = await simulate({ tellsStories: false })
  await fill(page, simulator, graph(1, 'error'), ['A harbour'])
  await page.getByLabel('Retries per scene').fill('0')
  await generate(page)
  await page.getByRole('button', { name: 'Queue 1 scene again' }).click()
  await expect.poll(() => statuses(simulator).filter((line) => line === 'scene-001 failed').length).toBe(2)
  await expectWholeHistory(page, simulator, 2)
})
