import { describe, expect, it } from 'vitest'
import { differingFacts, type TrendFacts } from '../../../services/comparison/differingFacts'

const many = (facts: TrendFacts, count = 10): readonly TrendFacts[] =>
  Array.from({ length: count }, () => facts)

describe('differingFacts', () => {
  it('says in words what is another one there, what people act on most first', () => {
    const before = {
      models: 'lora.sft\nwan-2.1.safetensors',
      torchVersion: '2.8',
      gpuName: 'A',
      workflowHash: 'v',
    }
    const after = {
      models: 'lora.sft\nwan-2.2.safetensors',
      torchVersion: '2.9',
      gpuName: 'B',
      workflowHash: 'w',
    }
    expect(differingFacts(many(before), many(after))).toEqual([
      'model wan-2.1.safetensors → wan-2.2.safetensors',
      'GPU A → B',
      'torch 2.8 → 2.9',
      'workflow',
    ])
  })

  it('names a model that came or went without another', () => {
    expect(differingFacts(many({ models: 'a' }), many({ models: 'a\nb' }))).toEqual(['model none → b'])
    expect(differingFacts(many({ models: 'a\nb' }), many({ models: 'a' }))).toEqual(['model b → none'])
  })

  it('overlooks a stray run beside the change, not a mix', () => {
    const [old, recent] = [{ gpuDriver: '565' }, { gpuDriver: '570' }]
    expect(differingFacts([...many(old, 8), ...many(recent, 2)], many(recent))).toEqual(['driver 565 → 570'])
    expect(differingFacts([...many(old, 7), ...many(recent, 3)], many(recent))).toEqual([])
  })

  it('says nothing of what is unknown on either side', () => {
    expect(differingFacts(many({}), many({ comfyVersion: '0.3.64' }))).toEqual([])
    expect(differingFacts([], [])).toEqual([])
    expect(differingFacts([{}, { comfyVersion: '1' }], many({ comfyVersion: '2' }))).toEqual([
      'ComfyUI 1 → 2',
    ])
  })
})
