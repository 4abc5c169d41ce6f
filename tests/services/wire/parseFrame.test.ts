import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFrame } from '../../../services/wire/parseFrame'

const update = { type: 'update', sceneId: 's', timestamp: 1, status: 'queued' }
const parse = (value: unknown) => parseFrame(JSON.stringify(value))

describe('a stream frame', () => {
  it('holds one message or a batch of them, in order', () => {
    expect(parse(update).messages).toEqual([update])
    expect(parse([update, { type: 'heartbeat', now: 5 }]).messages).toEqual([
      update,
      { type: 'heartbeat', now: 5 },
    ])
  })

  it('with an object without a type is a bare update', () => {
    expect(parse({ sceneId: 's', timestamp: 1, status: 'executing' }).messages).toEqual([
      { type: 'bare', update: { sceneId: 's', timestamp: 1, status: 'executing' } },
    ])
  })

  it('from a newer server may hold types and fields that are not known here', () => {
    expect(
      parse([
        { type: 'weather', rain: true },
        { ...update, colour: 'red' },
      ]),
    ).toEqual({
      messages: [update],
      refused: [],
    })
  })

  it.each([
    ['a wrong status', { ...update, status: 'paused' }, /^At status: /],
    ['a missing scene', { type: 'update', timestamp: 1, status: 'queued' }, /^At sceneId: /],
    ['null for an unknown value', { ...update, gpuVramFree: null }, /^At gpuVramFree: /],
    ['a negative reading', { ...update, gpuUtilization: -1 }, /^At gpuUtilization: /],
    ['an id with the key separator', { ...update, runId: 'a\u0000b' }, /^At runId: /],
    ['a wrong nested value', { ...update, environment: { steps: 'many' } }, /^At environment.steps: /],
    ['too long a list', { ...update, tags: Array.from({ length: 65 }, String) }, /^At tags: /],
    ['no object', 7, /^Expected an object/],
  ])('refuses %s with the path and the reason', (_, message, reason) => {
    const { messages, refused } = parse(message)
    expect(messages).toEqual([])
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatch(reason)
  })

  it('keeps the good messages of a batch that has a bad one', () => {
    const { messages, refused } = parse([update, { ...update, seq: 1.5 }, update])
    expect(messages).toHaveLength(2)
    expect(refused).toHaveLength(1)
  })

  it('that is no text, no JSON or too long is refused whole, or ignored when binary', () => {
    expect(parseFrame(new ArrayBuffer(8))).toEqual({ messages: [], refused: [] })
    expect(parseFrame('{"type":').refused).toEqual(['Not JSON (8 characters)'])
    expect(parseFrame(`"${'x'.repeat(3_000_000)}"`).refused[0]).toMatch(/too long/)
    expect(parseFrame(`[1e999]`).messages).toEqual([])
  })

  it('refuses numbers that JSON turns into Infinity', () => {
    expect(
      parseFrame('{"type":"update","sceneId":"s","timestamp":1e999,"status":"queued"}').messages,
    ).toEqual([])
  })

  it('never throws and touches no prototype, whatever it holds', () => {
    const key = fc.constantFrom(
      'type',
      'sceneId',
      'timestamp',
      'status',
      '__proto__',
      'constructor',
      'gpus',
      'policy',
      'x',
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.constantFrom('update', 'hello', 'state', 'gpu', 'run', 'gap', 'heartbeat', 'queued'),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(key, tie('value'), { maxKeys: 8 }),
      ),
    }))
    fc.assert(
      fc.property(
        fc.oneof(
          value.map((v) => JSON.stringify(v) ?? ''),
          fc.string(),
        ),
        (frame) => {
          const { messages, refused } = parseFrame(frame)
          for (const message of messages) expect(Object.getPrototypeOf(message)).toBe(Object.prototype)
          for (const reason of refused) expect(reason.length).toBeLessThan(400)
          expect(Object.keys(Object.prototype)).toEqual([])
        },
      ),
      { numRuns: 10_000 },
    )
  })
})
