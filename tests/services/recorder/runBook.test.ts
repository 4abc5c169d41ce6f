import { describe, expect, it } from 'vitest'
import {
  isDone,
  newBook,
  noteAttempt,
  noteEnd,
  noteHead,
  noteTime,
  runOf,
} from '../../../services/recorder/runBook'
import type { AttemptRecord, ExitReason } from '../../../types'

const bookOf = (sceneCount = 1) =>
  newBook({ runId: 'r', timestamp: 1_000, scenes: [], fallbackCount: 0, source: 'gpu-box', sceneCount })
const attemptOf = (attempt: number, exitReason: ExitReason): AttemptRecord => ({
  attempt,
  exitReason,
  source: 'gpu-box',
  promptId: `p${attempt}`,
  endedAt: 2_000 + attempt,
})

describe('the book of a run', () => {
  it('keeps what a message of the run leaves out', () => {
    const book = bookOf()
    noteHead(book, { type: 'run', runId: 'r', event: 'begin', runName: 'Night', sceneCount: 4 })
    noteHead(book, { type: 'run', runId: 'r', event: 'begin', storyId: 's', sceneCount: 2 })
    expect(runOf(book)).toMatchObject({ runName: 'Night', storyId: 's', sceneCount: 4, source: 'gpu-box' })
  })

  it('lasts from the first to the last time that it was told of, in whatever order', () => {
    const book = bookOf()
    for (const at of [3_000, 500, 2_000]) noteTime(book, at)
    expect(runOf(book)).toMatchObject({ timestamp: 500, lastAt: 3_000 })
  })

  it('takes a scene’s place from its last attempt, also when an earlier one is told later', () => {
    const book = bookOf()
    noteAttempt(book, 'a', attemptOf(2, 'success'))
    noteAttempt(book, 'a', attemptOf(1, 'error'))
    expect(book.progress.scenes.get('a')).toEqual({ status: 'success', attempts: 2 })
    expect(runOf(book).scenes.map(({ attemptLog }) => attemptLog?.length)).toEqual([2])
  })

  it('ends with its last scene, and is open again while a prompt is', () => {
    const book = bookOf()
    noteAttempt(book, 'a', attemptOf(1, 'success'))
    noteTime(book, 2_001)
    expect(noteEnd(book, 3_000)).toMatchObject({ kind: 'ended', status: 'completed' })
    expect(runOf(book)).toMatchObject({ status: 'completed', endedAt: 2_001 })
    book.open.add('p2')
    expect(noteEnd(book, 4_000)).toMatchObject({ kind: 'running' })
    expect(runOf(book)).not.toHaveProperty('endedAt')
  })

  it('is done when it ended, has nothing open and nothing to write', () => {
    const book = bookOf()
    expect(isDone(book)).toBe(false)
    noteAttempt(book, 'a', attemptOf(1, 'success'))
    noteEnd(book, 3_000)
    expect(isDone(book)).toBe(false)
    book.changed.clear()
    expect(isDone(book)).toBe(true)
  })
})
