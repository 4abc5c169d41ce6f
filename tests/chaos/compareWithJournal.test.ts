import { describe, expect, it } from 'vitest'
import { compareWithJournal, type HistoryContent } from './compareWithJournal'
import { createFaultSchedule } from './createFaultSchedule'

const ids = { type: 'update', runId: 'r', sceneId: 's', promptId: 'p', attempt: 1 }
const journal = [
  { ...ids, seq: 1, timestamp: 10, status: 'queued' },
  { ...ids, seq: 2, timestamp: 20, status: 'executing', cold: true },
  { ...ids, seq: 3, timestamp: 50, status: 'completed', exitReason: 'success', duration: 30 },
]
const attempt = {
  promptId: 'p',
  attempt: 1,
  exitReason: 'success',
  duration: 30,
  queuedAt: 10,
  cold: true,
}
const scene = { runId: 'r', sceneId: 's', attempts: 1, exitReason: 'success', attemptLog: [attempt] }
const whole: HistoryContent = {
  runs: [{ runId: 'r', status: 'completed', endedAt: 50 }],
  scenes: [scene],
  open: [],
  sources: [{ cursor: { epoch: 'e', seq: 3 } }],
  samples: [],
}
const problems = (history: Partial<HistoryContent>, more: object = {}): readonly string[] =>
  compareWithJournal({
    journals: [journal],
    history: { ...whole, ...history },
    saidUnknown: false,
    areRunsOver: true,
    ...more,
  })

describe('the comparison of a history with its journal', () => {
  it('has nothing to say of a history that is whole', () => {
    expect(problems({})).toEqual([])
  })

  it.each<[string, Partial<HistoryContent>, RegExp]>([
    ['is missing', { scenes: [] }, /r\/s p is missing/],
    ['is there twice', { scenes: [scene, { ...scene, sceneId: 't' }] }, /there 2 times/],
    [
      'has another figure',
      { scenes: [{ ...scene, attemptLog: [{ ...attempt, duration: 3 }] }] },
      /duration is 3 instead of 30/,
    ],
    [
      'is in no journal',
      { scenes: [{ ...scene, attemptLog: [attempt, { ...attempt, promptId: 'q' }] }] },
      /q is in the history and in no journal/,
    ],
    ['is still open', { open: [{ promptId: 'p' }] }, /p is still open/],
  ])('says that an attempt %s', (_, history, sentence) => {
    expect(problems(history).join()).toMatch(sentence)
  })

  it('says that a run ended otherwise, or that the cursor is behind', () => {
    expect(problems({ runs: [{ runId: 'r', status: 'running' }] })).toHaveLength(2)
    expect(problems({ sources: [{ cursor: { epoch: 'e', seq: 2 } }] })).toEqual([
      'the cursors are [2] instead of 3',
    ])
  })

  it('lets an attempt of a lost journal be unheard only if somebody said so', () => {
    const lost = { journals: [journal, []], areRunsOver: false }
    const history = { scenes: [], sources: [] }
    expect(problems(history, lost)).toHaveLength(1)
    expect(problems(history, { ...lost, saidUnknown: true })).toEqual([])
  })
})

describe('a plan of faults', () => {
  it('is the same from the same seed, and another from another', () => {
    expect(createFaultSchedule(7)).toEqual(createFaultSchedule(7))
    expect(createFaultSchedule(8).steps).not.toEqual(createFaultSchedule(7).steps)
  })

  it('does between them everything that can be done', () => {
    const deeds = new Set(
      Array.from({ length: 50 }, (_, seed) => createFaultSchedule(seed).steps).flatMap((steps) =>
        steps.map((step) => step.do),
      ),
    )
    expect([...deeds].sort()).toEqual([
      'browser-clock',
      'close',
      'cut',
      'delete',
      'full',
      'interrupt',
      'kill',
      'open',
      'outcome',
      'queue',
      'restart',
      'run',
      'server-clock',
      'tab-clock',
      'wire',
    ])
  })
})
