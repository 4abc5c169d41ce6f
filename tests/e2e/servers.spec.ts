import type { Page } from '@playwright/test'
import type { Simulator, SimulatorOptions } from '../../simulator/createSimulator'
import { violations } from './axe'
import { expect, expectWholeHistory, pageOf, test } from './dashboard'

const pill = { name: /^Connection: / }
const servers = (page: Page) => page.getByRole('navigation', { name: 'Servers' })
const listed = (page: Page) => page.getByRole('list', { name: 'ComfyUI servers' }).getByRole('listitem')
const hostOf = ({ url }: Simulator): string => new URL(url).host

type Simulate = (options?: SimulatorOptions) => Promise<Simulator>

/** Two servers: the page is the first's, which the second lets read it. */
async function two(
  simulate: Simulate,
  options: SimulatorOptions = {},
): Promise<readonly [Simulator, Simulator]> {
  const a = await simulate(options)
  return [a, await simulate({ ...options, seed: 2, allowedOrigin: a.url })]
}

async function addServer(page: Page, simulator: Simulator, name = ''): Promise<void> {
  await page.getByRole('textbox', { name: 'Address' }).fill(simulator.url)
  await page.getByRole('textbox', { name: 'Name (optional)' }).fill(name)
  await page.getByRole('button', { name: 'Add server' }).click()
  await expect(listed(page)).toHaveCount(2)
}

test('two servers are recorded at once, each shown by its name, and the strip leads to either', async ({
  page,
  simulate,
}) => {
  const [a, b] = await two(simulate)
  await page.goto(pageOf(a, '#/settings'))
  await addServer(page, b, 'Studio B')
  await page.goto(pageOf(a, '#/live'))
  await expect(servers(page).getByRole('link')).toHaveCount(2)
  await expect(servers(page).getByRole('link', { name: 'Studio B' })).toContainText('Live')
  await expect(page.getByRole('button', pill)).toHaveAccessibleName(`Connection: ${hostOf(a)}, Live. Details`)

  await servers(page).getByRole('link', { name: 'Studio B' }).click()
  await expect(page.getByRole('button', pill)).toHaveAccessibleName('Connection: Studio B, Live. Details')
  await expect(page.getByRole('heading', { name: 'GPU of Studio B' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Events of Studio B' })).toBeVisible()
  expect(await violations(page)).toEqual([])

  await expectWholeHistory(page, [a, b], 8)
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('row', { name: /Studio B/ }).first()).toBeVisible()
  await expect(page.getByRole('row', { name: `, on ${hostOf(a)}` }).first()).toBeVisible()
  await page
    .getByRole('row', { name: /Studio B/ })
    .getByRole('link')
    .first()
    .click()
  await expect(page.getByText('on Studio B')).toBeVisible()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Live' }).click()
  await expect(page.getByRole('button', pill)).toHaveAccessibleName(/Studio B/)
})

test('a name and an order survive a reload; a server that is removed is gone from every tab, its runs are not', async ({
  context,
  page,
  simulate,
}) => {
  const [a, b] = await two(simulate, { tellsStories: true })
  await page.goto(pageOf(a, '#/settings'))
  await addServer(page, b)
  await expectWholeHistory(page, [a, b], 8)
  await page.getByRole('button', { name: `Rename ${hostOf(b)}` }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Studio B')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Move Studio B up' }).press('Enter')
  await expect(listed(page).first()).toHaveAccessibleName('Studio B')
  await expect(page.getByRole('button', { name: 'Move Studio B up' })).toBeFocused()
  await page.reload()
  await expect(listed(page).first()).toHaveAccessibleName('Studio B')
  await expect(page.getByRole('button', { name: `Remove ${hostOf(a)}` })).toHaveCount(0)
  expect(await violations(page)).toEqual([])

  const other = await context.newPage()
  await other.goto(pageOf(a, '#/live'))
  await expect(servers(other).getByRole('link')).toHaveCount(2)
  await page.getByRole('button', { name: 'Remove Studio B' }).click()
  await page.getByRole('dialog', { name: 'Remove Studio B?' }).getByRole('button', { name: 'Remove' }).click()
  await expect(listed(page)).toHaveCount(1)
  await expect(servers(other)).toHaveCount(0)
  await expect.poll(() => b.streams()).toBe(0)
  await page.goto(pageOf(a, '#/history'))
  await expect(page.getByRole('row', { name: /Studio B/ }).first()).toBeVisible()
})

test('an address that can’t be added says why by its field, and adds nothing', async ({ page, simulate }) => {
  const a = await simulate()
  const stranger = await simulate({ seed: 2 })
  await page.goto(pageOf(a, '#/settings'))
  const field = page.getByRole('textbox', { name: 'Address' })
  for (const [address, words] of [
    ['not an address', /That is no address/],
    ['http://me:secret@gpu-box:8188', /COMFYUI_AUTH/],
    [a.url, /in the list already/],
    [stranger.url, /refuses pages from/],
    ['http://127.0.0.1:9', /No answer/],
  ] as const) {
    await field.fill(address)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toHaveText(words)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveAccessibleDescription(words)
  }
  expect(await violations(page)).toEqual([])
  await expect(listed(page)).toHaveCount(1)
})

test('a server where a newer run began is offered, and a link to one that is not listed says so', async ({
  page,
  simulate,
}) => {
  const a = await simulate({ tellsStories: false })
  const b = await simulate({ seed: 2, allowedOrigin: a.url, pace: 1 })
  await page.goto(pageOf(a, '#/settings'))
  await addServer(page, b, 'Studio B')
  await page.goto(pageOf(a, '#/live'))
  await page.getByRole('link', { name: 'Show Studio B' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('of 4 scenes')
  await page.goto(pageOf(a, '#/live?server=nobody'))
  await expect(page.getByText(/server that this address names is not in the list/)).toBeVisible()
  await expect(page.getByRole('button', pill)).toHaveAccessibleName(new RegExp(hostOf(a)))
})

test('with one server nothing names it, and with two nothing scrolls sideways', async ({
  page,
  simulate,
}) => {
  const [a, b] = await two(simulate)
  await page.goto(pageOf(a))
  await expect(page.getByRole('button', pill)).toHaveText('Live')
  await expect(page.getByRole('heading', { name: /GPU$/ })).toBeVisible()
  await expect(servers(page)).toHaveCount(0)
  await page.goto(pageOf(a, '#/settings'))
  await addServer(page, b, 'A studio with quite a long name for a server')
  for (const width of [390, 768, 1440]) {
    await page.setViewportSize({ width, height: 844 })
    for (const route of ['#/live', '#/history', '#/settings']) {
      await page.goto(pageOf(a, route))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(over, `${route} at ${width} px`).toBe(0)
    }
  }
})
