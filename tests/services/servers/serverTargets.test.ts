import { describe, expect, it } from 'vitest'
import { reordered, storedOf, withName } from '../../../services/servers/serverEdits'
import { targetsOf } from '../../../services/servers/serverTargets'

const HOME = { id: 'home', base: 'http://localhost:5178/api/comfyui' }
const PROXIED = [
  { id: 'a-1', name: 'a:1', url: 'http://localhost:5178/servers/a-1', home: true },
  { id: 'b-2', name: 'b:2', url: 'http://localhost:5178/servers/b-2' },
]
const added = { id: 'c-3', url: 'http://c:3' }
const names = (targets: ReturnType<typeof targetsOf>): string[] => targets.map(({ name }) => name)

describe('the list of servers', () => {
  it('begins with the one the page was opened for, named by the proxy where there is one', () => {
    expect(names(targetsOf(HOME, [], []))).toEqual(['localhost:5178/api/comfyui'])
    expect(names(targetsOf(HOME, PROXIED, []))).toEqual(['a:1', 'b:2'])
  })

  it('puts what the proxy has since then after what is in it already', () => {
    expect(names(targetsOf(HOME, PROXIED, [added]))).toEqual(['a:1', 'c:3', 'b:2'])
  })

  it('lets only what a person added be removed', () => {
    const free = targetsOf(HOME, PROXIED, [added]).filter(({ fixed }) => !fixed)
    expect(names(free)).toEqual(['c:3'])
  })

  it('keeps names and order, also for what is not proxied at the moment', () => {
    const all = targetsOf(HOME, PROXIED, [added])
    const stored = withName(storedOf(reordered(all, ['c-3', 'b-2', 'home']), [added]), 'b-2', ' Studio B ')
    expect(names(targetsOf(HOME, PROXIED, stored))).toEqual(['c:3', 'Studio B', 'a:1'])
    const without = targetsOf(HOME, [], stored)
    expect(names(without)).toEqual(['c:3', 'localhost:5178/api/comfyui'])
    const later = storedOf(without, stored)
    expect(names(targetsOf(HOME, PROXIED, later))).toContain('Studio B')
  })

  it('takes the address for a name again when the name is emptied', () => {
    const named = withName([added], 'c-3', 'Studio')
    expect(names(targetsOf(HOME, [], named))).toContain('Studio')
    expect(names(targetsOf(HOME, [], withName(named, 'c-3', '  ')))).toContain('c:3')
  })

  it('passes over ids that are none, and loses nobody who is not named', () => {
    const all = targetsOf(HOME, PROXIED, [added])
    expect(reordered(all, ['c-3', 'nobody', 'c-3']).map(({ id }) => id)).toEqual(['c-3', 'home', 'b-2'])
  })
})
