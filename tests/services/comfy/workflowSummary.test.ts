import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '@/services/comfy/sha256'
import { workflowSummary } from '@/services/comfy/workflowSummary'

const FOLDER = 'tests/fixtures/workflow-hash'
const golden = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))

describe('a workflow’s hash', () => {
  it('is compared over twenty golden graphs', () => expect(golden).toHaveLength(20))

  it.each(golden)('is what the node computes: %s', (file) => {
    const { name: _, graph, ...expected } = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8'))
    expect(workflowSummary(graph)).toEqual(expected)
  })

  it('never throws, whatever the graph is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (graph) => /^[0-9a-f]{64}$/.test(workflowSummary(graph).workflowHash)),
    )
  })

  it('does not depend on the order in which members were written', () => {
    const members = fc.dictionary(fc.string(), fc.jsonValue())
    fc.assert(
      fc.property(members, (inputs) => {
        const graph = { 1: { class_type: 'A', inputs } }
        const turned = {
          1: { inputs: Object.fromEntries(Object.entries(inputs).reverse()), class_type: 'A' },
        }
        expect(workflowSummary(turned)).toEqual(workflowSummary(graph))
      }),
    )
  })
})

describe('sha256', () => {
  it('agrees with OpenSSL on texts of every length around the block size', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.nat(200).map((n) => 'x'.repeat(n)),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
      }),
      { numRuns: 500 },
    )
  })
})
