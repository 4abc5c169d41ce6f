import { expect, expectWholeHistory, pageOf, readStore, SIMULATED_DB, test } from './dashboard'

const pill = { name: /^Connection: / }

for (const [scenario, sentence] of [
  ['stock', /^ComfyUI without the telemetry node\. Missing: GPU utilisation, .*node times/],
  [
    'crystools',
    /^ComfyUI without the telemetry node; ComfyUI-Crystools tells .* Missing: GPU power, node times/,
  ],
] as const) {
  test(`a story of the scenario ${scenario} is live, limited, and in the history, each attempt once`, async ({
    page,
    simulate,
  }) => {
    test.slow()
    const simulator = await simulate({ pace: 0.3 })
    simulator.quiet()
    const fallbackLoaded = page.waitForResponse(/createStockFallback/)
    await page.goto(pageOf(simulator))
    await (await fallbackLoaded).finished()
    await expect(page.getByRole('button', pill)).toHaveText('Live')
    await expect(page.getByRole('figure').first()).toBeVisible()
    // Without /telemetry there is no page below it either, so it is taken away under the open one.
    simulator.setScenario(scenario)
    await expect(page.getByRole('button', pill)).toHaveText('Live, limited')
    await expect(page.getByRole('main').getByText(sentence)).toBeVisible()
    const card = page.getByRole('listitem', { name: /^scene-\d+, executing/ })
    await expect(card).toContainText(/KSampler \d+ of 30/)
    await page.getByRole('button', pill).click()
    await expect(page.getByRole('dialog', pill).getByText(sentence)).toBeVisible()
    await page.keyboard.press('Escape')
    await expectWholeHistory(page, simulator, 4)
    const scenes = await readStore(page, SIMULATED_DB, 'scenes')
    const succeeded = scenes.filter(({ exitReason }) => exitReason === 'success')
    for (const scene of succeeded) {
      expect(scene).toMatchObject({ attempts: 1, gpuVramFree: expect.any(Number) })
      expect('gpuUtilizationMean' in scene).toBe(scenario === 'crystools')
    }
  })
}
