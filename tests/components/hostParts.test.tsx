// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FallbackWarningsCard } from '../../components/FallbackWarningsCard'
import { QueuePolicyCard } from '../../components/QueuePolicyCard'
import { ConnectedRunComparisonBlock, RunComparisonBlock } from '../../components/RunComparisonBlock'
import { ConnectedSceneTrendIndicator, SceneTrendIndicator } from '../../components/SceneTrendIndicator'
import type { ArtifactMetadata, Estimate, RunGroup } from '../../types'
import { SceneTrends } from '../../utils/hooks'
import { buildRun } from '../helpers/buildRun'
import { startLiveTelemetry, type LiveTelemetry } from '../helpers/liveTelemetry'

afterEach(cleanup)

const slower: Estimate = {
  value: 1.23,
  n: 12,
  p: 1 / 13,
  test: 'rank in the baseline',
  verdict: 'worse',
  likely: true,
}

describe('a scene’s trend', () => {
  it('is called by its sentence, which who asks can read too', () => {
    render(<SceneTrendIndicator sceneId="scene-005" value={slower} />)
    expect(screen.getByRole('button', { name: /^scene-005: 1\.2 times the usual/ })).toBeTruthy()
    expect(screen.getByRole('tooltip').textContent).toMatch(
      /^scene-005: 1\.2 times the usual, likely slower than all 12 like scenes/,
    )
  })

  it('that cannot be told says what it takes', () => {
    render(
      <SceneTrendIndicator
        sceneId="scene-005"
        value={{ value: 1, n: 6, test: 'rank', verdict: 'cannot tell', moreRunsNeeded: 3 }}
      />,
    )
    expect(screen.getByRole('tooltip').textContent).toMatch(/cannot tell yet[:,] 3 more runs needed/)
  })

  it('keeps its place while it is not known', () => {
    const { container } = render(<SceneTrendIndicator sceneId="a" value={null} />)
    expect(screen.queryByRole('button')).toBeNull()
    expect(container.textContent).toBe('')
  })
})

describe('the queue policy', () => {
  const config = {
    SceneRetryBudget: 1,
    HistoryMaxWaitSeconds: 600,
    HistoryMaxAttempts: 0,
    HistoryPollIntervalSeconds: 2,
    PostExecutionTimeoutSeconds: 30,
  }
  const rate = (count: number, of: number) => ({ count, of, low: 0.8, high: 0.97 })
  const group: RunGroup = {
    key: 'a',
    label: 'max wait 600 s, 1 retry',
    runs: 11,
    scenes: 45,
    success: rate(41, 45),
    timeout: rate(0, 0),
  }

  it('is in words, under the labels of Phase 2B', () => {
    render(<QueuePolicyCard queueConfig={config} />)
    expect(screen.getByRole('region', { name: 'Queue Policy Configuration' })).toBeTruthy()
    expect(screen.getByText(/A scene is given up after 10.m 00.s. It is tried again once./)).toBeTruthy()
    for (const label of [
      'Max Wait Time',
      'Max Poll Attempts',
      'Poll Interval',
      'Post-Execution Timeout',
      'Retry Budget',
    ])
      expect(screen.getByText(label)).toBeTruthy()
    expect(screen.getByText('unlimited')).toBeTruthy()
  })

  it('is not made up where the host gives none, or nonsense', () => {
    render(<QueuePolicyCard title="Policy" />)
    expect(screen.getByText('No queue policy data available')).toBeTruthy()
    cleanup()
    render(<QueuePolicyCard queueConfig={{ HistoryMaxWaitSeconds: Number.NaN, SceneRetryBudget: -1 }} />)
    expect(screen.getByText('No queue policy data available')).toBeTruthy()
  })

  it('shows what became of runs under each policy, with intervals and n', () => {
    render(<QueuePolicyCard queueConfig={config} groups={[group]} />)
    const cells = within(screen.getByRole('row', { name: /^max wait 600 s/ })).getAllByRole('cell')
    expect(cells.map((cell) => cell.textContent?.replace(/\s/g, ' '))).toEqual([
      '11 45 scenes',
      '91 % (80–97)',
      'no scenes',
      'cannot be estimated',
    ])
  })

  it('says what is missing where no saved run names its policy', () => {
    render(<QueuePolicyCard queueConfig={config} groups={[]} />)
    expect(screen.getByText(/No saved run names its policy yet/)).toBeTruthy()
  })
})

describe('the fallback warnings', () => {
  it('of a success are none', () => {
    render(<FallbackWarningsCard exitReason="success" executionSuccessDetected />)
    expect(screen.getByText('Execution Success Detected')).toBeTruthy()
    expect(screen.queryByRole('list')).toBeNull()
  })

  it('of nothing say so', () => {
    render(<FallbackWarningsCard exitReason={null} />)
    expect(screen.getByText('No fallback warnings or diagnostics available')).toBeTruthy()
  })

  it.each([
    ['maxWait', 'Max wait reached', 'error'],
    ['postExecution', 'Post-Execution Timeout', 'warning'],
    ['OOM_KILLED', 'Memory Error', 'error'],
    ['user_cancelled', 'Cancelled', 'warning'],
    ['EXECUTION_TIMEOUT', 'Execution Timeout', 'error'],
    ['zorp', 'Unknown Exit', 'warning'],
  ])('of %s are called %s, %s', (exitReason, title, severity) => {
    render(<FallbackWarningsCard exitReason={exitReason} />)
    const item = screen.getByRole('listitem')
    expect(item.textContent).toMatch(new RegExp(`^${title} ${severity}`))
    expect(item.textContent).toContain(`Exit reason: ${exitReason}`)
  })

  it('name a post-execution timeout once, whichever way it is told', () => {
    render(<FallbackWarningsCard exitReason="postExecution" postExecutionTimeoutReached />)
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
  })

  it('lead to the earlier runs that ended in the same way', () => {
    const runs = [{ runId: 'a b', runName: 'Night', timestamp: Date.UTC(2026, 10, 13) }]
    render(<FallbackWarningsCard exitReason="maxWait" earlier={{ count: 12, runs, href: '#/history?q=x' }} />)
    expect(screen.getByText(/It happened in 12 earlier runs, last/)).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Night' }).getAttribute('href')).toBe('#/run/a%20b')
    expect(screen.getByRole('link', { name: 'All 12' }).getAttribute('href')).toBe('#/history?q=x')
  })

  it('that never came before say that it is the first time', () => {
    render(<FallbackWarningsCard exitReason="maxWait" earlier={{ count: 0, runs: [] }} />)
    expect(screen.getByText('It is the first time in this history.')).toBeTruthy()
  })
})

describe('a file against the history', () => {
  it('offers to save what is not kept yet, once it is compared', () => {
    const onSave = vi.fn()
    render(<RunComparisonBlock value={undefined} isSaved={false} onSave={onSave} />)
    expect(screen.getByRole('button', { name: 'Save to the history' }).hasAttribute('disabled')).toBe(true)
    cleanup()
    render(<RunComparisonBlock value={undefined} isSaved onSave={onSave} />)
    expect(screen.queryByRole('button', { name: 'Save to the history' })).toBeNull()
  })
})

describe('with a history', () => {
  let live: LiveTelemetry
  beforeEach(async () => {
    live = startLiveTelemetry('ws://localhost:9881/telemetry')
    await live.telemetry.ready
  })
  afterEach(async () => {
    cleanup()
    await live.close()
  })

  it('a file is compared without being saved, and saved when that is asked', async () => {
    const artifact: ArtifactMetadata = {
      RunId: 'file-1',
      Timestamp: '2026-11-14T02:00:00Z',
      Scenes: [
        {
          SceneId: 'scene-001',
          Success: true,
          Telemetry: { DurationSeconds: 80, HistoryExitReason: 'success' },
        },
      ],
    }
    render(<ConnectedRunComparisonBlock artifact={artifact} />, live)
    const save = await screen.findByRole('button', { name: 'Save to the history' })
    await waitFor(() => expect(save.hasAttribute('disabled')).toBe(false))
    expect(await live.telemetry.history.getRun('file-1')).toBeUndefined()
    await userEvent.click(save)
    expect(await screen.findByText('This run is in the history.')).toBeTruthy()
    expect((await live.telemetry.history.getRun('file-1'))?.scenes).toHaveLength(1)
  })

  it('the indicators of a timeline ask once for all of their scenes', async () => {
    await live.telemetry.history.saveRuns(Array.from({ length: 12 }, (_, i) => buildRun(i)))
    const asked = vi.spyOn(live.telemetry.history, 'sceneTrends')
    const scenes = ['scene-001', 'scene-002', 'scene-003'].map((sceneId) => ({ runId: 'run-0', sceneId }))
    render(
      <SceneTrends scenes={scenes}>
        {scenes.map((scene) => (
          <ConnectedSceneTrendIndicator key={scene.sceneId} {...scene} />
        ))}
      </SceneTrends>,
      live,
    )
    expect(await screen.findAllByRole('button', { name: /^scene-00\d: / })).toHaveLength(3)
    expect(asked.mock.calls.every(([given]) => given.length === 3)).toBe(true)
  })
})
