import { describe, expect, it } from 'vitest'
import { readOptions } from '../../simulator/readOptions'

describe('the options of the simulator', () => {
  it('default to a healthy server of ComfyUI’s own port and pace', () => {
    expect(readOptions([])).toEqual({ port: 8188, pace: 1, scenario: 'healthy', seed: undefined })
  })
  it('name a scenario with seed and pace, or a recording', () => {
    const args = ['--scenario', 'flapping', '--seed', '7', '--pace', '0.1', '--port', '0']
    expect(readOptions(args)).toEqual({ port: 0, pace: 0.1, scenario: 'flapping', seed: 7 })
    expect(readOptions(['--replay', 'recordings'])).toEqual({ port: 8188, pace: 1, replay: 'recordings' })
  })
  it.each([
    [['--pace', 'fast'], '"fast" is no pace'],
    [['--pace', '0'], '"0" is no pace'],
    [['--pace', ''], '"" is no pace'],
    [['--port', 'x'], '"x" is no port'],
    [['--port', '65536'], '"65536" is no port'],
    [['--seed', '1.5'], '"1.5" is no seed'],
    [['--scenario', 'calm'], 'There is no scenario "calm". There are: healthy,'],
    [['--what'], 'Usage: npm run simulator'],
  ])('refuse %j with what is wrong and the usage', (args, message) => {
    expect(() => readOptions(args)).toThrow(message)
    expect(() => readOptions(args)).toThrow(/Usage: npm run simulator/)
  })
})
