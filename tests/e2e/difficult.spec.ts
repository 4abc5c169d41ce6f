import { expect, expectWholeHistory, journaledAttempts, pageOf, test } from './dashboard'

const pill = { name: /^Connection: / }

test('scenes that never finish are shown as what they are, timeouts with the limit, and are saved so', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ scenario: 'timeouts' })
  await page.goto(pageOf(simulator))
  await expect.poll(() => journaledAttempts(simulator).length).toBeGreaterThanOrEqual(6)
  const runId = String(simulator.journal()[0]?.runId)
  await page.goto(pageOf(simulator, `#/live?run=${runId}`))
  const lost = page.getByRole('listitem', { name: /^scene-003, timeout, attempt 2 of 2/ })
  await expect(lost).toContainText('Stopped at 2.5 s, the limit you set. It may have needed longer.')
  await expect(page.getByRole('listitem', { name: /^scene-002, completed, attempt 2 of 2/ })).toBeVisible()
  await expect(page.getByText('3 completed · 1 timeout')).toBeVisible()
  await expectWholeHistory(page, simulator, 6)

  await page.goto(pageOf(simulator, `#/run/${runId}`))
  const saved = page.getByRole('listitem').filter({ hasText: 'scene-003' })
  await expect(saved).toContainText('timeout')
  await expect(saved).toContainText('2 attempts')
  await expect(page.getByRole('listitem').filter({ hasText: 'scene-002' })).toContainText('completed')
})

test('a garbled stream is told as what its true messages say, and what was left out is counted', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ scenario: 'garbage' })
  await page.goto(pageOf(simulator))
  await expect.poll(() => journaledAttempts(simulator).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(4)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('of 4 scenes')
  await page.getByRole('button', pill).click()
  const details = page.getByRole('dialog', pill)
  await expect(details).toContainText(/\d+ messages could not be read and were left out\./)
  await expect(details).toContainText('No scene event was lost.')
  await expectWholeHistory(page, simulator, 4)
  await expect(page.getByText('never-was')).toHaveCount(0)
})

test('a slow server and a scene of many minutes are live all the time that samples come', async ({
  page,
  simulate,
}) => {
  const simulator = await simulate({ scenario: 'slow', pace: 1 })
  await page.goto(pageOf(simulator))
  await expect(page.getByRole('button', pill)).toHaveText('Live')
  const said = await page.getByRole('button', pill).evaluateHandle((button) => {
    const words: string[] = []
    const note = (): unknown => words.push(button.textContent ?? '')
    new MutationObserver(note).observe(button, { subtree: true, characterData: true, childList: true })
    return words
  })
  const card = page.getByRole('listitem', { name: /^scene-001, executing/ })
  // Three times as long as a stream may be silent before it is called stale.
  await expect(card).toContainText(/\D([6-9]|[1-9]\d).s/)
  await expect(page.getByRole('button', pill)).toHaveText('Live')
  // On a machine that stood still for two seconds "Stale" would be true; a younger update is never called so.
  for (const words of await said.jsonValue()) expect(words).toMatch(/^Live$|^Stale · ([2-9]|\d\d).s old$/)
  await expect(page.getByText('Time left: cannot tell yet')).toBeVisible()
})
