import { describe, expect, it } from 'vitest'
import { composeScenes, textPlacesOf } from '../../../services/comfy/composeScenes'
import type { PromptGraph } from '../../../types'

const GRAPH: PromptGraph = {
  '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'film-xl.safetensors' } },
  '2': { class_type: 'CLIPTextEncode', inputs: { clip: ['1', 1], text: 'blurry' } },
  '3': { class_type: 'CLIPTextEncode', inputs: { clip: ['1', 1], text: 'a harbour' } },
  '4': {
    class_type: 'KSampler',
    inputs: { positive: ['3', 0], negative: ['2', 0], seed: 5, sampler_name: 'euler', scheduler: 'karras' },
  },
  '5': { class_type: 'SaveImage', inputs: { images: ['4', 0], filename_prefix: 'scene' } },
}
const PLACE = { nodeId: '3', input: 'text' }

describe('where a scene’s text may go', () => {
  it('is first what a sampler’s positive input leads to, and never a file’s name or a choice', () => {
    expect(textPlacesOf(GRAPH).map(({ nodeId, input }) => `${nodeId}.${input}`)).toEqual(['3.text', '2.text'])
  })
})

describe('the scenes of a run', () => {
  it('carry each text in its place and are numbered', () => {
    const scenes = composeScenes(
      GRAPH,
      PLACE,
      [
        { kind: 'text', text: 'dawn' },
        { kind: 'text', text: 'noon' },
      ],
      undefined,
    )
    expect(
      scenes.map(({ sceneId, prompt }) => [sceneId, prompt['3']?.inputs.text, prompt['4']?.inputs.seed]),
    ).toEqual([
      ['scene-001', 'dawn', 5],
      ['scene-002', 'noon', 5],
    ])
    expect(GRAPH['3']?.inputs.text).toBe('a harbour')
  })

  it('have a seed of their own if one is wanted, in every node that has one', () => {
    let next = 0
    const entries = [
      { kind: 'text', text: 'dawn' } as const,
      { kind: 'prompt', prompt: GRAPH, sceneId: 'own' } as const,
    ]
    const scenes = composeScenes(GRAPH, PLACE, entries, () => ++next / 4)
    expect(scenes.map(({ sceneId, prompt }) => [sceneId, prompt['4']?.inputs.seed])).toEqual([
      ['scene-001', 2 ** 46],
      ['own', 2 ** 47],
    ])
  })
})
