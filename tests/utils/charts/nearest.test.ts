import { describe, expect, it } from 'vitest'
import { moveTarget, nearestTarget } from '../../../utils/charts/nearest'

const target = (x: number, y: number) => ({ id: `${x}`, x, y, tip: () => ({ title: '', value: '' }) })

describe('pointing', () => {
  it('finds what is nearest, by the weights of the chart, and nothing far away', () => {
    const targets = [target(100, 20), target(130, 100)]
    expect(nearestTarget(targets, { x: 112, y: 100 }, { x: 1, y: 1 })).toBe(1)
    expect(nearestTarget(targets, { x: 112, y: 100 }, { x: 1, y: 0 })).toBe(0)
    expect(nearestTarget(targets, { x: 600, y: 100 }, { x: 0, y: 1 })).toBe(1)
    expect(nearestTarget(targets, { x: 600, y: 100 }, { x: 1, y: 1 })).toBeUndefined()
  })
})

describe('walking by keys', () => {
  it('begins at the newest, stays within both ends, and leaves other keys alone', () => {
    expect(moveTarget('ArrowRight', undefined, 5)).toBe(4)
    expect(moveTarget('Home', undefined, 5)).toBe(0)
    expect(moveTarget('ArrowLeft', 0, 5)).toBe(0)
    expect(moveTarget('PageDown', 1, 5)).toBe(4)
    expect(moveTarget('Enter', 1, 5)).toBeUndefined()
    expect(moveTarget('ArrowLeft', 1, 0)).toBeUndefined()
  })
})
