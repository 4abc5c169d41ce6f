// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RunPage } from '../../../components/run/RunPage'
import type { HistoricalRun } from '../../../types'
import { useHashRoute } from '../../../utils/hooks'
import { draftsOf, keepDraft } from '../../../utils/history/noteDrafts'
import { buildAttempt, buildRun, buildScene, ENVIRONMENT, FIRST_AT } from '../../helpers/buildRun'
import { startLiveTelemetry, type LiveTelemetry } from '../../helpers/liveTelemetry'

let live: LiveTelemetry
beforeEach(async () => {
  live = startLiveTelemetry('ws://localhost:9882/telemetry')
  await live.telemetry.ready
})
afterEach(async () => {
  cleanup()
  await live.close()
  location.hash = ''
  localStorage.clear()
})

function Page() {
  const { argument = '', query } = useHashRoute()
  return <RunPage runId={argument} query={query} />
}

async function open(hash: string, runs: readonly HistoricalRun[]): Promise<void> {
  await live.telemetry.history.saveRuns(runs)
  location.hash = hash
  render(<Page />, live)
  await screen.findByRole('heading', { level: 1 })
}

const FAILING: HistoricalRun = buildRun(0, 80_000, {
  scenes: [
    buildScene('scene-001', [
      buildAttempt('scene-001', FIRST_AT, 80_000, {
        nodeTimes: [{ nodeId: '1', nodeType: 'KSampler', ms: 70_000 }],
      }),
    ]),
    buildScene('scene-002', [
      buildAttempt('scene-002', FIRST_AT + 100_000, 40_000, { exitReason: 'outOfMemory' }),
      buildAttempt('scene-002', FIRST_AT + 200_000, 48_000, {
        attempt: 2,
        exitReason: 'outOfMemory',
        error: { type: 'OutOfMemoryError', message: 'Allocation on device', nodeType: 'KSampler' },
      }),
    ]),
  ],
  notes: 'softer light',
  tags: ['night'],
  policy: {
    maxWaitSeconds: 600,
    maxAttempts: 0,
    pollIntervalSeconds: 2,
    postExecutionTimeoutSeconds: 30,
    sceneRetryBudget: 1,
    delayBetweenScenesSeconds: 0,
    batchSize: 0,
  },
})
const TWO_GPUS: HistoricalRun = {
  ...buildRun(0),
  scenes: ['RTX 4090', 'RTX 4090', 'RTX 3090'].map((gpuName, i) =>
    buildScene(`scene-00${i}`, [
      buildAttempt(`scene-00${i}`, FIRST_AT, 80_000, { gpuName, environment: { ...ENVIRONMENT, gpuName } }),
    ]),
  ),
}
const tab = (name: string): HTMLElement => screen.getByRole('tab', { name })
const view = (): string => location.hash.split('?')[1] ?? ''

describe('what a run’s page says first', () => {
  it('is what failed, where, at which attempt, and in how many runs before', async () => {
    const before = { ...FAILING, runId: 'earlier', timestamp: FIRST_AT - 7_200_000 }
    await open('#/run/run-0', [FAILING, before])
    const findings = screen.getByRole('region', { name: 'Findings' })
    expect(findings.textContent).toContain('Ran out of GPU memory in KSampler. Try a smaller batch or size.')
    expect(findings.textContent).toContain('attempt 2 of 2')
    const link = await within(findings).findByRole('link', { name: '1 earlier' })
    expect(link.getAttribute('href')).toBe('#/history?q=reason%3AoutOfMemory')
  })

  it('is how many scenes failed, not that it completed', async () => {
    await open('#/run/run-0', [FAILING])
    const head = screen.getByRole('banner')
    expect(within(head).getByText('1 failed')).toBeTruthy()
    expect(within(head).queryByText('completed')).toBeNull()
  })

  it('is of each scene that failed or timed out, counted alike wherever it is said', async () => {
    const ends = ['outOfMemory', 'maxWait', 'maxWait', 'maxWait', 'outOfMemory'] as const
    const scenes = ends.map((exitReason, i) =>
      buildScene(`scene-00${i}`, [buildAttempt(`scene-00${i}`, FIRST_AT, 1_000, { exitReason })]),
    )
    await open('#/run/run-0', [{ ...FAILING, scenes, sceneCount: 5 }])
    const head = screen.getByRole('banner')
    expect(within(head).getByText('2 failed, 3 timeout')).toBeTruthy()
    expect(within(head).getByText('0 of 5 scenes, 2 failed, 3 timeout')).toBeTruthy()
    expect(within(head).getByRole('button', { name: 'Queue 5 scenes again' })).toBeTruthy()
    const findings = screen.getByRole('region', { name: 'Findings' })
    const links = within(findings).getAllByRole('link', { name: /^scene-/ })
    expect(links.map(({ textContent }) => textContent)).toEqual(scenes.map(({ sceneId }) => sceneId))
    expect(findings.textContent).toContain('2 more failed or timed out: scene-003, scene-004.')
  })

  it('is what changed, when it was slower', async () => {
    const newer = { ...ENVIRONMENT, gpuDriver: '570' }
    const slow = buildRun(0, 120_000)
    const scenes = slow.scenes.map(({ sceneId }, i) =>
      buildScene(sceneId, [buildAttempt(sceneId, FIRST_AT + i * 200_000, 120_000, { environment: newer })]),
    )
    await open('#/run/run-0', [
      { ...slow, scenes },
      ...Array.from({ length: 24 }, (_, i) => buildRun(i + 1, 80_000 + i * 100)),
    ])
    expect(await screen.findByText('It was slower, and with it changed: Driver 565 → 570.')).toBeTruthy()
    expect(
      screen.getAllByText(/slower than all 24 like runs \(by chance alone: 1 in 25\)/).length,
    ).toBeGreaterThan(0)
  })

  it('of a run that is not there is that it is not, with the way on', async () => {
    await open('#/run/nobody', [])
    expect(screen.getByRole('heading', { name: 'No such run here' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'All runs' })).toBeTruthy()
  })

  it('goes on saying so while the history is written to', async () => {
    await open('#/run/nobody', [])
    let isSteady = true
    const watcher = new MutationObserver(() => {
      isSteady &&= screen.queryByRole('heading', { name: 'No such run here' }) !== null
    })
    watcher.observe(document.body, { childList: true, subtree: true })
    const asked = vi.spyOn(live.telemetry.history, 'getRun')
    await live.telemetry.history.saveRuns([buildRun(1)])
    await waitFor(() => expect(asked).toHaveBeenCalledWith('nobody'))
    await act(() => Promise.allSettled(asked.mock.results.map(({ value }) => value)))
    watcher.disconnect()
    expect(isSteady).toBe(true)
  })
})

describe('the tabs', () => {
  it('are chosen by arrows, Home and End, and stand in the address', async () => {
    await open('#/run/run-0', [FAILING])
    act(() => tab('Scenes').focus())
    await userEvent.keyboard('{ArrowRight}')
    expect(tab('Time by node').getAttribute('aria-selected')).toBe('true')
    expect(document.activeElement).toBe(tab('Time by node'))
    expect(view()).toBe('tab=nodes')
    await userEvent.keyboard('{End}')
    expect(screen.getByRole('tabpanel', { name: 'Notes' })).toBeTruthy()
    await userEvent.keyboard('{ArrowRight}')
    expect(tab('Scenes').getAttribute('aria-selected')).toBe('true')
    expect(view()).toBe('')
    expect(screen.getAllByRole('tab').filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
  })

  it('Scenes of a run that goes on say how many have not ended, and where they are seen', async () => {
    const { endedAt: _, ...run } = buildRun(0)
    const scenes = run.scenes.slice(0, 1)
    const goesOn = { status: 'running', sceneCount: 4, source: 'mock', lastAt: Date.now() } as const
    await open('#/run/run-0', [{ ...run, ...goesOn, scenes }])
    const panel = within(screen.getByRole('tabpanel', { name: 'Scenes' }))
    const link = await panel.findByRole('link', { name: 'watch them live' })
    expect(link.parentElement?.textContent).toBe('3 more scenes have not ended yet: watch them live')
    expect(link.getAttribute('href')).toMatch(/^#\/live\?server=[^&]+&run=run-0$/)
    const rate = await screen.findByRole('row', { name: /^Success rate/ })
    expect(rate.textContent).toMatch(/100.% so far, 1 of 4/)
  })

  it('Scenes unfold their attempts, and the address says which', async () => {
    await open('#/run/run-0', [FAILING])
    await userEvent.click(screen.getByRole('button', { name: /scene-002/, expanded: false }))
    expect(view()).toBe('scene=scene-002')
    const table = screen.getByRole('table', { name: 'Attempts' })
    expect(within(table).getAllByRole('row')).toHaveLength(3)
    expect(screen.getByText(/OutOfMemoryError: Allocation on device/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: /scene-002/, expanded: true }))
    expect(view()).toBe('')
  })

  it('a zoom to a scene is in the address and can be taken back', async () => {
    await open('#/run/run-0?scene=scene-001', [FAILING])
    await userEvent.click(screen.getByRole('button', { name: 'Zoom to this scene' }))
    expect(view()).toMatch(/^scene=scene-001&t=0-\d+/)
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }))
    expect(view()).toBe('scene=scene-001')
  })

  it('Time by node says of how many scenes it is not known', async () => {
    await open('#/run/run-0?tab=nodes', [FAILING])
    expect(screen.getByText('Node times missing for 1 of 2 scenes.')).toBeTruthy()
    expect(screen.getByRole('row', { name: /^KSampler/ }).textContent).toMatch(/1.m 10.s100.%/)
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Nodes of' }), 'scene-002')
    expect(screen.getByText(/Node times were not recorded for this scene/)).toBeTruthy()
  })

  it('GPU gives the energy of what was measured and says what was not', async () => {
    const promptId = FAILING.scenes[0]?.attemptLog?.[0]?.promptId ?? ''
    const points = [0, 1_800, 3_600].map((after) => ({
      at: FIRST_AT + after,
      gpus: [{ index: 0, power: 300, vramFree: 8 * 2 ** 30, vramTotal: 24 * 2 ** 30 }],
    }))
    await live.telemetry.history.saveTraces([{ source: 'box', promptId, points, gaps: [] }])
    await open('#/run/run-0?tab=gpu&scene=scene-001', [FAILING])
    expect(
      await screen.findByText(
        /^Energy of the GPU: 0\.3.Wh, measured over 3\.6.s\. Not measured for 2 attempts of 3\.$/,
      ),
    ).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Table' }))
    expect(screen.getByRole('table', { name: 'Readings of GPU 0' })).toBeTruthy()
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Traces of' }), 'scene-002')
    expect(screen.getAllByText('No readings were saved of this attempt.')).toHaveLength(2)
  })

  it('Setup says how many scenes had each value, and what is not recorded', async () => {
    await open('#/run/run-0?tab=setup', [TWO_GPUS])
    expect(tab('Setup').getAttribute('aria-selected')).toBe('true')
    const table = screen.getByRole('table', { name: 'What it ran with, by the last attempts of 3 scenes' })
    const row = within(table).getByRole('row', { name: /^GPU/ })
    expect(
      within(row)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['RTX 4090· 2 of 3 scenes', 'RTX 3090· 1 of 3 scenes'])
    expect(within(table).getByRole('row', { name: 'Driver 565' })).toBeTruthy()
    expect(screen.getByText('Not recorded: Frames, Batch, PyTorch, Policy.')).toBeTruthy()
  })

  it('Setup says where only some scenes have a record', async () => {
    const [first, ...others] = TWO_GPUS.scenes
    const { environment: _, ...silent } = first ?? buildScene('scene-000', [])
    await open('#/run/run-0?tab=setup', [{ ...TWO_GPUS, scenes: [silent, ...others] }])
    expect(screen.getByRole('row', { name: /^Driver 565.*2 of 3 scenes$/ })).toBeTruthy()
    expect(screen.getByText('Scenes that a row does not count have no record of it.')).toBeTruthy()
  })

  it('Setup’s values filter the History, with Alt by what they leave out', async () => {
    await open('#/run/run-0?tab=setup', [TWO_GPUS])
    await userEvent.click(screen.getByRole('button', { name: '1280×720' }))
    expect(decodeURIComponent(location.hash)).toMatch(/^#\/history\?q=size:1280x720&/)
    cleanup()
    location.hash = '#/run/run-0?tab=setup'
    render(<Page />, live)
    ;(await screen.findByRole('button', { name: 'aaaaaaaa' })).focus()
    await userEvent.keyboard('{Alt>}{Enter}{/Alt}')
    expect(decodeURIComponent(location.hash)).toMatch(/^#\/history\?q=-workflow:a{64}&/)
  })

  it('Setup says where nothing is recorded, and what would tell it', async () => {
    const { source: _, ...bare } = buildRun(0)
    const scenes = [{ sceneId: 'a', attempts: 1, status: 'success' as const }]
    await open('#/run/run-0?tab=setup', [{ ...bare, scenes }])
    expect(screen.getByText(/^Nothing is recorded of its workflow and its machine\./)).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Connections' }).getAttribute('href')).toBe(
      '#/settings/connection',
    )
    expect(screen.queryByText(/^Not recorded:/)).toBeNull()
  })

  it('Policy is in words, with what became of runs under it', async () => {
    const later = { ...FAILING, runId: 'later', timestamp: FIRST_AT + 3_600_000 }
    const earlier = { ...FAILING, runId: 'earlier', timestamp: FIRST_AT - 3_600_000 }
    await open('#/run/run-0?tab=policy', [FAILING, later, earlier])
    expect(screen.getByText(/A scene is given up after 10.m 00.s/)).toBeTruthy()
    expect(
      await screen.findByRole('table', { name: 'Earlier runs with its workflow, by policy' }),
    ).toBeTruthy()
    expect(screen.getByRole('row', { name: /max wait 600 s/ }).textContent).toMatch(/1 2 scenes/)
  })
})

describe('notes in place', () => {
  const saved = async () => live.telemetry.history.getRun('run-0')
  const edit = async (label: string): Promise<HTMLElement> => {
    await userEvent.click(await screen.findByRole('button', { name: new RegExp(`Edit ${label}|${label}`) }))
    return screen.getByRole('textbox', { name: new RegExp(label, 'i') })
  }
  beforeEach(() => open('#/run/run-0?tab=notes', [FAILING]))

  it('are saved by Enter, said to be, and taken back', async () => {
    await userEvent.clear(await edit('name'))
    await userEvent.keyboard('Dawn run{Enter}')
    expect(await screen.findByText(/^Saved\./)).toBeTruthy()
    expect((await saved())?.runName).toBe('Dawn run')
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('Taken back.')).toBeTruthy()
    expect((await saved())?.runName).toBe('Night 0')
  })

  it('do not say that they were edited when it may have been the tags', async () => {
    await live.telemetry.history.tagRuns(['run-0'], { add: ['reel-a'] })
    expect(await screen.findByText(/^Name, tags or notes last edited /)).toBeTruthy()
  })

  it('are put back by Esc', async () => {
    await userEvent.clear(await edit('name'))
    await userEvent.keyboard('Dawn run{Escape}')
    expect(screen.queryByRole('textbox', { name: /^name$/i })).toBeNull()
    expect((await saved())?.runName).toBe('Night 0')
    expect(screen.queryByText(/^Saved/)).toBeNull()
  })

  it('of several lines are saved by leaving; Enter begins a line', async () => {
    await edit('notes')
    await userEvent.keyboard('{End}{Enter}again')
    await userEvent.tab()
    await waitFor(async () => expect((await saved())?.notes).toMatch(/\nagain$/))
  })

  it('that were typed and never saved are saved when they are shown again', async () => {
    cleanup()
    keepDraft({ runId: 'run-0', field: 'notes', text: 'softer light, slower', at: Date.now() })
    render(<Page />, live)
    await waitFor(async () => expect((await saved())?.notes).toBe('softer light, slower'))
    expect(await screen.findByText(/^Saved\./)).toBeTruthy()
    expect(draftsOf('run-0')).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(async () => expect((await saved())?.notes).toBe('softer light'))
  })

  it('that were typed before somebody’s later edit stand beside it until a person decides', async () => {
    cleanup()
    await live.telemetry.history.annotate('run-0', { notes: 'of another tab' })
    keepDraft({ runId: 'run-0', field: 'notes', text: 'slower', at: 1_000 })
    render(<Page />, live)
    const typed = within(await screen.findByRole('region', { name: 'Typed and not saved' }))
    expect(typed.getByText('slower')).toBeTruthy()
    expect((await saved())?.notes).toBe('of another tab')
    await userEvent.click(typed.getByRole('button', { name: 'Save it instead' }))
    await waitFor(async () => expect((await saved())?.notes).toBe('slower'))
    expect(draftsOf('run-0')).toEqual([])
  })

  it('tags are added by Enter and taken off by their button', async () => {
    await userEvent.type(screen.getByRole('textbox', { name: 'Add a tag' }), 'harbour{Enter}')
    await waitFor(async () => expect(new Set((await saved())?.tags)).toEqual(new Set(['harbour', 'night'])))
    await userEvent.click(await screen.findByRole('button', { name: 'Remove the tag night' }))
    await waitFor(async () => expect((await saved())?.tags).toEqual(['harbour']))
  })

  it('a tag that is too long is refused with a sentence, and not cut', async () => {
    await userEvent.click(screen.getByRole('textbox', { name: 'Add a tag' }))
    await userEvent.paste('x'.repeat(81))
    await userEvent.keyboard('{Enter}')
    await screen.findByText(/A tag may have 80 characters; .* has 81/)
    expect((await saved())?.tags).toEqual(['night'])
  })
})

it('[ and ] lead to the runs before and after', async () => {
  await open('#/run/run-1', [buildRun(0), buildRun(1), buildRun(2)])
  await waitFor(async () => {
    await userEvent.keyboard('[[')
    expect(location.hash).toBe('#/run/run-2')
  })
  await waitFor(async () => {
    await userEvent.keyboard(']')
    expect(location.hash).toBe('#/run/run-1')
  })
})
