import { describe, expect, it } from 'vitest'
import { addTerm, formatQuery, parseQuery, removeTerm } from '../../../services/telemetryFilterService'
import type { TelemetryFilter } from '../../../types'

const read = (text: string): TelemetryFilter => {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.value
}
const problem = (text: string) => {
  const parsed = parseQuery(text)
  if (parsed.ok) throw new Error(`"${text}" was read as ${JSON.stringify(parsed.value)}`)
  return parsed.error
}

describe('a query', () => {
  it.each<[string, TelemetryFilter]>([
    ['', {}],
    ['status:failed,timeout', { status: ['failed', 'timeout'] }],
    ['gpu:"RTX 4090"', { gpuModel: ['RTX 4090'] }],
    ['duration:>90s', { duration: { min: 90_000 } }],
    ['duration:1.5m..2h', { duration: { min: 90_000, max: 7_200_000 } }],
    ['attempts:2..', { attempts: { min: 2 } }],
    ['reason:maxWait', { exitReason: ['maxWait'] }],
    ['tag:night-run', { tags: ['night-run'] }],
    [
      'story:s1 run:r1 source:box scene:a',
      { storyIds: ['s1'], runIds: ['r1'], source: ['box'], sceneIds: ['a'] },
    ],
    ['error:/out of memory/', { errorPattern: 'out of memory' }],
    ['after:-7d', { dateRange: { from: { ago: 604_800_000 } } }],
    [
      'after:2026-11-01 before:2026-11-03',
      { dateRange: { from: new Date(2026, 10, 1).getTime(), to: new Date(2026, 10, 3).getTime() } },
    ],
    ['vram:<8GB', { expression: { field: 'vram', max: 8 * 2 ** 30 } }],
    ['success:>90%', { expression: { field: 'success', min: 0.9 } }],
    ['-cold:true', { expression: { not: { field: 'cold', op: 'is', value: 'true' } } }],
    ['scene:scene-00*', { expression: { field: 'scene', op: 'glob', value: 'scene-00*' } }],
    ['harbour', { text: 'harbour' }],
    ['status:completed,Timed-Out', { status: ['success', 'timeout'] }],
    ['status:"timed out"', { status: ['timeout'] }],
    ['reason:"out of memory"', { exitReason: ['outOfMemory'] }],
  ])('%s', (text, filter) => {
    expect(read(text)).toEqual(filter)
    expect(read(formatQuery(filter))).toEqual(filter)
  })

  it('writes a value one way, whichever word asked for it', () => {
    expect(formatQuery(read('-status:completed'))).toBe('-status:success')
    expect(formatQuery({ status: ['success'] })).toBe('status:success')
  })

  it('groups alternatives in parentheses, and OR binds less than what stands side by side', () => {
    expect(read('status:failed gpu:A OR gpu:B')).toEqual(read('(status:failed gpu:A) OR gpu:B'))
    expect(read('status:failed (gpu:A OR node:K)')).not.toEqual(read('status:failed gpu:A OR node:K'))
  })

  it.each([
    ['duration:>fast', 'Cannot read `duration:>fast` at 11: a time such as 90s was expected.'],
    ['status:done', 'Cannot read `status:done` at 8: completed, failed, timeout or skipped was expected.'],
    ['status:running', /a run is running or was interrupted cannot be filtered; of its scenes completed, /],
    ['colour:red', /at 1: a field such as status/],
    ['status:', /at 8/],
    ['(status:failed', /\)/],
    ['status:failed)', /at 14/],
    ['gpu:"RTX', /quote|"/],
    ['error:/(?=x)/', /lookahead|lookaround/i],
    ['error:/(a)\\1/', /backreference/i],
    ['error:/(/', /pattern|\)/i],
    ['after:yesterday', /a date such as 2026-11-01/],
  ])('%s is refused with its place and what was expected', (text, message) => {
    const error = problem(text)
    expect(error.message).toMatch(message)
    expect(error.expected.length).toBeGreaterThan(0)
    expect(error.position).toBeGreaterThanOrEqual(0)
    expect(error.position).toBeLessThanOrEqual(text.length)
  })
})

describe('a click on a value', () => {
  it('widens a list of the same field, and excluding adds a negation', () => {
    const one = addTerm({}, 'status', 'failed')
    const two = addTerm(one, 'status', 'timeout')
    expect(two).toEqual({ status: ['failed', 'timeout'] })
    expect(formatQuery(addTerm(two, 'gpu', 'RTX 4090', true))).toBe('status:failed,timeout -gpu:"RTX 4090"')
  })

  it('takes any value as it is, and reads back as it', () => {
    for (const value of ['a*b', 'say "hi"', 'OR', '-x', 'a:b', '(p)', 'c,d', '/a/', '\\', ' ', 'é']) {
      const filter = addTerm({}, 'scene', value)
      expect(read(formatQuery(filter))).toEqual(filter)
    }
  })

  it('asks for what was excluded in its place, and excludes what was asked for', () => {
    const excluded = addTerm({ status: ['failed', 'timeout'] }, 'status', 'failed', true)
    expect(formatQuery(excluded)).toBe('status:timeout -status:failed')
    expect(addTerm(excluded, 'status', 'failed')).toEqual({ status: ['failed', 'timeout'] })
    expect(addTerm(excluded, 'status', 'failed', true)).toEqual(excluded)
  })

  it('is taken back, and leaves the field’s other values', () => {
    const filter = read('gpu:A,B -tag:x,y')
    expect(formatQuery(removeTerm(removeTerm(filter, 'gpu', 'A'), 'tag', 'y'))).toBe('gpu:B -tag:x')
  })

  it('reads a number as it is stored, or as it is written', () => {
    expect(addTerm({}, 'duration', '90000')).toEqual(addTerm({}, 'duration', '90s'))
    expect(formatQuery(addTerm({}, 'success', '0.8'))).toBe('success:80%')
  })

  it('on the time of a run asks for its day, and can be taken back', () => {
    const noon = new Date(2026, 10, 14, 12, 30).getTime()
    const ofDay = addTerm({}, 'date', String(noon))
    expect(ofDay).toEqual(read('date:2026-11-14'))
    expect(ofDay.dateRange?.from).toBeLessThanOrEqual(noon)
    expect(removeTerm(ofDay, 'date', String(noon))).toEqual({})
    expect(addTerm({}, 'date', 'soon')).toEqual({ expression: { or: [] } })
  })

  it('of another word narrows', () => {
    expect(read(formatQuery(addTerm({ text: 'rain' }, 'text', 'r1')))).toEqual(read('rain text:=r1'))
  })
})
