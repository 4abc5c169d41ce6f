import { spawn } from 'node:child_process'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { findComfyui } from '../../scripts/findComfyui.mjs'
import { readStartOptions } from '../../scripts/readStartOptions.mjs'
import { SCENARIOS } from '../../simulator/scenarios'

describe('the options of npm start', () => {
  it('default to port 5178, a browser, and looking for a ComfyUI', () => {
    expect(readStartOptions([])).toEqual({
      port: 5178,
      simulate: undefined,
      open: true,
      comfyui: [],
      page: '',
    })
  })
  it('take --simulate with and without a scenario', () => {
    expect(readStartOptions(['--simulate']).simulate).toBe('')
    expect(readStartOptions(['--simulate', '--no-open'])).toMatchObject({ simulate: '', open: false })
    expect(readStartOptions(['--simulate', 'busy', '--port', '6000'])).toMatchObject({
      simulate: 'busy',
      port: 6000,
    })
  })
  it('take --comfyui once for each server', () => {
    expect(readStartOptions(['--comfyui', 'http://a:1', '--comfyui=http://b:2']).comfyui).toEqual([
      'http://a:1',
      'http://b:2',
    ])
  })
  it('take the page to open', () => {
    expect(readStartOptions(['--page', '#/history']).page).toBe('#/history')
  })
  it('refuse the rest with the usage', () => {
    for (const args of [
      ['--page', 'http://elsewhere'],
      ['--port', 'x'],
      ['--port', '0'],
      ['--what'],
      ['stray'],
    ])
      expect(() => readStartOptions(args)).toThrow(/Usage: npm start/)
  })
})

describe('looking for ComfyUI', () => {
  const never = (): Promise<boolean> => Promise.resolve(false)
  it('takes the one that is named, whether it answers yet or not', async () => {
    expect(await findComfyui({ given: 'http://gpu-box:8188/', env: {}, answers: never })).toEqual({
      comfyui: 'http://gpu-box:8188',
      isThere: true,
    })
    expect(
      await findComfyui({ given: undefined, env: { COMFYUI_URL: 'http://a:1' }, answers: never }),
    ).toMatchObject({
      comfyui: 'http://a:1',
    })
  })
  it('else looks at the usual place', async () => {
    expect(await findComfyui({ given: undefined, env: {}, answers: never })).toEqual({
      comfyui: 'http://127.0.0.1:8188',
      isThere: false,
    })
  })
  it('says what is wrong with an address that is none', async () => {
    await expect(findComfyui({ given: 'gpu-box', env: {}, answers: never })).rejects.toThrow(
      /no address of a ComfyUI/,
    )
  })
})

describe('npm start', () => {
  const start = (...args: string[]) => spawn(process.execPath, ['scripts/start.mjs', '--no-open', ...args])
  const ended = (child: ReturnType<typeof start>): Promise<{ code: number | null; output: string }> =>
    new Promise((resolve) => {
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => (output += String(chunk)))
      child.on('close', (code) => resolve({ code, output }))
    })

  it('stops at a port that another program has, and says what to do and what that costs', async () => {
    const another = createHttpServer((_, response) => response.end('hello'))
    await new Promise<void>((resolve) => another.listen(0, '127.0.0.1', resolve))
    const { port } = another.address() as AddressInfo
    const { code, output } = await ended(start('--port', String(port)))
    another.close()
    expect(code).toBe(1)
    expect(output).toMatch(
      new RegExp(`Port ${port} is taken by another program.*--port.*another port is another history`),
    )
  })

  it('names the scenarios when one is asked for that isn’t there', async () => {
    const { code, output } = await ended(start('--port', '5990', '--simulate', 'nonsense'))
    expect(code).toBe(1)
    const names = Object.keys(SCENARIOS).join(', ')
    expect(output).toContain(`There is no scenario "nonsense". There are: ${names}.`)
  })

  it('serves the page beside a simulator, once: the second start finds the first', async () => {
    const first = start('--port', '5991', '--simulate', 'busy')
    try {
      await new Promise<void>((resolve) =>
        first.stdout.on('data', (chunk) => /dashboard is on/.test(String(chunk)) && resolve()),
      )
      expect(await (await fetch('http://localhost:5991/')).text()).toContain('<div id="root">')
      const menu = await (await fetch('http://localhost:5991/api/comfyui/simulator/scenarios')).json()
      expect(menu.scenario).toBe('busy')
      const { code, output } = await ended(start('--port', '5991'))
      expect([code, output]).toEqual([0, 'The dashboard runs already: http://localhost:5991\n'])
    } finally {
      const gone = ended(first)
      first.kill()
      await gone
    }
  }, 40_000)
})
