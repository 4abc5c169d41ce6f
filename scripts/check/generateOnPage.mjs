import { graphOf } from './comfyClient.mjs'

/** Three scenes, the second far longer than the limit that is set. Whole prompts, since the test nodes take no text. */
const scenes = [0.5, 30, 0.5].map((seconds, index) => ({
  sceneId: `scene-${index + 1}`,
  prompt: graphOf('CheckSleep', 700 + index, { seconds }),
}))

/** How each of them ends. */
const GENERATED_ENDS = ['scene-1 success', 'scene-2 maxWait', 'scene-3 success']

/**
 * Fills the Generate page and presses its button. `ahead`: whether the server gets all scenes at once.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} runName
 * @param {'One at a time.' | 'All at once.'} ahead
 */
export async function generateOnPage(page, runName, ahead) {
  await page.evaluate(() => (location.hash = '#/generate'))
  await page.getByRole('button', { name: 'JSON', exact: true }).click()
  await page.getByLabel('Scenes in JSON').fill(JSON.stringify(scenes))
  await page.getByLabel('Name', { exact: true }).fill(runName)
  await page.getByLabel(ahead).check()
  await page.getByLabel('Max wait').fill('4')
  await page.getByLabel('Retries per scene').fill('0')
  await page.getByRole('button', { name: 'Generate 3 scenes' }).click()
  await page.getByRole('heading', { name: new RegExp(`^${runName} \\d of 3 scenes`) }).waitFor()
}

/** What of a run's ends in the journal isn't as generated. @param {readonly Record<string, any>[]} journal @param {string} runName */
export function generatedProblems(journal, runName) {
  const runId = journal.find((message) => message.runName === runName)?.runId
  const ends = journal
    .filter((message) => message.runId === runId && message.exitReason !== undefined)
    .map(({ sceneId, exitReason }) => `${sceneId} ${exitReason}`)
  return JSON.stringify(ends) === JSON.stringify(GENERATED_ENDS) ? [] : [`it ended so: ${ends.join(', ')}`]
}
