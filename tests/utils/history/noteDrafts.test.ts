// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  draftFate,
  draftsOf,
  forgetDraft,
  forgetDrafts,
  keepDraft,
  type NoteDraft,
} from '../../../utils/history/noteDrafts'
import { buildRun } from '../../helpers/buildRun'

const draft = (fields: Partial<NoteDraft> = {}): NoteDraft => ({
  runId: 'run-0',
  field: 'notes',
  text: 'softer light',
  at: 1_000,
  ...fields,
})
const KEY = 'gemdirect1-telemetry.noteDrafts'

afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
})

describe('what was typed and is not known to be saved', () => {
  it('is kept once a field, as it was typed last', () => {
    keepDraft(draft())
    keepDraft(draft({ field: 'runName', text: 'Dawn' }))
    keepDraft(draft({ text: 'softer light, slower', at: 2_000 }))
    expect(draftsOf('run-0').map(({ text }) => text)).toEqual(['Dawn', 'softer light, slower'])
    expect(draftsOf('run-1')).toEqual([])
  })

  it('is forgotten once it is saved, but not what was typed since', () => {
    keepDraft(draft({ text: 'softer light, slower' }))
    forgetDraft(draft(), 'softer light')
    expect(draftsOf('run-0')).toHaveLength(1)
    forgetDraft(draft(), 'softer light, slower')
    expect(localStorage.getItem(KEY)).toBeNull()
  })

  it('is bounded: the oldest goes first', () => {
    for (let i = 0; i < 20; i += 1) keepDraft(draft({ runId: `run-${i}` }))
    expect(draftsOf('run-11')).toEqual([])
    expect(draftsOf('run-12')).toHaveLength(1)
    forgetDrafts()
    expect(draftsOf('run-12')).toEqual([])
  })

  it('does nothing where storage is denied', () => {
    const deny = (): never => {
      throw new Error('denied')
    }
    vi.stubGlobal('localStorage', { getItem: deny, setItem: deny, removeItem: deny })
    keepDraft(draft())
    expect(draftsOf('run-0')).toEqual([])
  })

  it('is read with suspicion: what is not a draft is left out, and none is too long', () => {
    const stored = [
      null,
      7,
      { runId: 'run-0' },
      draft({ text: 'x'.repeat(30_000) }),
      { ...draft(), field: 'tags' },
    ]
    localStorage.setItem(KEY, JSON.stringify(stored))
    expect(draftsOf('run-0').map(({ text }) => text.length)).toEqual([20_000])
    localStorage.setItem(KEY, '{')
    expect(draftsOf('run-0')).toEqual([])
  })
})

describe('a draft of a run that is shown', () => {
  const run = buildRun(0, 80_000, { notes: 'dark' })

  it('is saved where the field was not edited since', () => {
    expect(draftFate(draft(), run)).toBe('save')
    expect(draftFate(draft(), { ...run, editedAt: 999 })).toBe('save')
    expect(draftFate(draft(), { ...run, editedAt: 5_000, edits: { notes: 900 } })).toBe('save')
  })

  it('is asked about where somebody edited the field later', () => {
    expect(draftFate(draft(), { ...run, editedAt: 5_000 })).toBe('ask')
  })

  it('is forgotten where it is what the run has', () => {
    expect(draftFate(draft({ text: ' dark\n' }), { ...run, editedAt: 5_000 })).toBe('forget')
  })
})
