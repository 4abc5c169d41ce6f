import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseObjectInfo } from '../../../services/wire/objectInfo'
import { parsePromptAnswer, parseQueuedIds } from '../../../services/wire/promptAnswer'
import { parseHistoryGraph, parsePromptFate } from '../../../services/wire/promptFate'
import { parseSceneList, parseWorkflow } from '../../../services/wire/workflow'

const NODE = { class_type: 'SaveImage', inputs: { images: ['1', 0] } }

describe('a workflow', () => {
  it('is read in API format, by itself or as a saved request', () => {
    const graph = { ok: true, value: { 9: NODE } }
    expect(parseWorkflow(JSON.stringify({ 9: NODE }))).toEqual(graph)
    expect(parseWorkflow(JSON.stringify({ prompt: { 9: NODE }, client_id: 'x' }))).toEqual(graph)
  })

  it.each([
    ['{"nodes": [], "links": []}', 'Workflow → Export (API)'],
    ['{"1": ', 'This is no JSON, so it can’t be a workflow'],
    ['{"1": {"inputs": {}}}', 'This is no workflow in API format. 1.class_type is missing.'],
    ['{}', 'The workflow has no nodes.'],
    ['[7]', 'This is no workflow in API format.'],
  ])('is refused with a sentence: %s', (text, sentence) => {
    const read = parseWorkflow(text)
    expect(read.ok ? '' : read.error).toContain(sentence)
  })
})

describe('a list of scenes', () => {
  it.each([
    ['not json', 'This is no JSON: it breaks at “o”.'],
    ['["a', 'This is no JSON: it ends too early.'],
    ['["a" "b"]', 'This is no JSON: it breaks at character 5.'],
  ])('that is no JSON says where it breaks: %s', (text, error) => {
    expect(parseSceneList(text)).toEqual({ ok: false, error })
  })

  it('holds texts, named texts and whole prompts', () => {
    const text = JSON.stringify(['dawn', { sceneId: 'x', text: 'noon' }, { prompt: { 9: NODE } }])
    expect(parseSceneList(text)).toEqual({
      ok: true,
      value: [
        { kind: 'text', text: 'dawn' },
        { kind: 'text', text: 'noon', sceneId: 'x' },
        { kind: 'prompt', prompt: { 9: NODE } },
      ],
    })
  })

  it('names the entry that can’t be read', () => {
    expect(parseSceneList('["dawn", 7]')).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^Entry 2 /),
    })
  })
})

describe('hostile answers and files', () => {
  const json = fc.oneof(
    { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 6 }) },
    fc.record({ prompt_id: fc.jsonValue(), error: fc.jsonValue(), node_errors: fc.jsonValue() }),
    fc.record({ p: fc.record({ prompt: fc.jsonValue(), status: fc.jsonValue(), outputs: fc.jsonValue() }) }),
    fc.record({
      p: fc.record({ input: fc.record({ required: fc.jsonValue() }), output_node: fc.jsonValue() }),
    }),
    fc.record({ queue_running: fc.jsonValue(), queue_pending: fc.jsonValue() }),
  )
  const text = fc.oneof(
    fc.string(),
    json.map((value) => JSON.stringify(value)),
    json.map((value) => JSON.stringify(value).slice(1)),
  )

  it('are read or refused as values: nothing throws, no prototype is touched', () => {
    const readers = [
      parseWorkflow,
      parseSceneList,
      parseQueuedIds,
      (body: string) => parsePromptAnswer(400, body),
    ]
    const ofPrompt = [parsePromptFate, parseHistoryGraph, parseObjectInfo]
    fc.assert(
      fc.property(text, fc.constantFrom('p', '__proto__', 'constructor'), (body, id) => {
        const answers = [...readers.map((read) => read(body)), ...ofPrompt.map((read) => read(body, id))]
        return answers.every((answer) => answer.ok || answer.error.length < 500)
      }),
      { numRuns: 10_000, seed: 1 },
    )
    expect(Reflect.ownKeys(Object.prototype)).toHaveLength(12)
  }, 60_000)
})
