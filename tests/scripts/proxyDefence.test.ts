import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IDENTITY_PATH } from '../../scripts/dashboardPlugin.mjs'
import { redirectOf, refusalOf } from '../../scripts/proxyDefence.mjs'

const TELEMETRY = '/api/comfyui/telemetry/info'
const ask = (fields: Partial<Parameters<typeof refusalOf>[0]>): string | undefined =>
  refusalOf({
    path: TELEMETRY,
    method: 'GET',
    host: 'localhost:5178',
    origin: undefined,
    site: undefined,
    ids: ['gpu-box-8188', 'b'],
    ...fields,
  })
/** Where the page reaches a server: the first, and any by its id. */
const PREFIXES = ['/api/comfyui', '/servers/gpu-box-8188']

describe('the proxy’s defence', () => {
  it('lets the dashboard’s own page pass, by name and by address', () => {
    expect(ask({})).toBeUndefined()
    expect(ask({ origin: 'http://localhost:5178', site: 'same-origin' })).toBeUndefined()
    expect(ask({ host: '127.0.0.1:5178', origin: 'http://127.0.0.1:5178' })).toBeUndefined()
    expect(ask({ host: '[::1]:5178', origin: 'http://[::1]:5178' })).toBeUndefined()
  })

  it.each([
    'http://evil.test',
    'null',
    'http://localhost:3000',
    'https://localhost:5178',
    'http://localhost:5178.evil.test',
  ])('refuses the origin %s', (origin) => expect(ask({ origin })).toMatch(/Pages from elsewhere/))

  it.each([
    'evil.test',
    'localhost.evil.test:5178',
    '127.0.0.1.nip.io',
    '',
    undefined,
    'localhost:5178@evil.test',
    '[::1',
    '0x7f.1',
  ])('refuses the host %s, which could be pointed here', (host) =>
    expect(ask({ host, path: '/' })).toMatch(/localhost and to addresses only/),
  )

  it('refuses what another site embeds without an Origin', () => {
    expect(ask({ site: 'cross-site' })).toBeDefined()
    expect(ask({ site: 'same-site' })).toBeDefined()
  })

  it.each(PREFIXES)('forwards below %s what the page uses, each by its method', (prefix) => {
    const uses = {
      GET: [
        '/telemetry/info',
        '/telemetry',
        '/system_stats',
        '/queue',
        '/history',
        '/history/0b7c-1_a',
        '/prompt',
        '/view',
        '/object_info/KSampler',
        '/object_info/Image%20Resize%7Cpysssss',
        '/object_info/KSampler%20(Efficient)',
        '/simulator/scenarios',
      ],
      POST: ['/prompt', '/queue', '/interrupt', '/free', '/telemetry/outcome', '/telemetry/run'],
      UPGRADE: ['/ws', '/telemetry'],
    }
    for (const [method, paths] of Object.entries(uses))
      for (const path of paths)
        expect(ask({ path: prefix + path, method }), `${method} ${path}`).toBeUndefined()
  })

  it.each(PREFIXES)('forwards below %s nothing else, and nothing by another method', (prefix) => {
    const refused = {
      GET: [
        '',
        '/',
        '/ws',
        '/interrupt',
        '/free',
        '/userdata/x',
        '/object_info',
        '/telemetry/info/',
        '/manager/x',
      ],
      POST: [
        '/system_stats',
        '/history',
        '/view',
        '/upload/image',
        '/object_info/KSampler',
        '/telemetry/info',
      ],
      UPGRADE: ['/prompt', '/queue', '/telemetry/info', '/'],
      PUT: ['/prompt'],
      DELETE: ['/history/1'],
      OPTIONS: ['/prompt'],
      HEAD: ['/queue'],
      get: ['/queue'],
    }
    for (const [method, paths] of Object.entries(refused))
      for (const path of paths)
        expect(ask({ path: prefix + path, method }), `${method} ${path}`).toMatch(/only what it uses/)
  })

  it.each(PREFIXES)('lets no path below %s be read in two ways', (prefix) => {
    for (const path of [
      `${prefix}%2Fprompt`,
      `${prefix}X/prompt`,
      `${prefix}//prompt`,
      `${prefix}/x/../../../prompt`,
      `${prefix}/telemetry/../prompt`,
      `${prefix}/telemetry/..%2fuserdata`,
      `${prefix}/history/..`,
      `${prefix}/history/%2e%2e%2fuserdata`,
      `${prefix}/history/..%5cuserdata`,
      `${prefix}/object_info/..`,
      `${prefix}/object_info/%2e%2e`,
      `${prefix}/object_info/..%2Fuserdata`,
      `${prefix}/object_info/a%252fb`,
      `${prefix}/object_info/a%00`,
      `${prefix}/object_info/a\\b`,
      `${prefix}/queue;x`,
      `${prefix}\\prompt`,
    ])
      expect(ask({ path }), path).toMatch(/only what it uses/)
  })

  it('is no open proxy: a server that was not named at the start is none', () => {
    for (const path of [
      '/servers',
      '/servers/',
      '/servers/queue',
      '/servers/other/queue',
      '/servers/gpu-box-81880/queue',
      '/servers/gpu-box-8188.evil.test/queue',
      '/servers/http://evil.test/queue',
      '/servers/GPU-BOX-8188/queue',
      '/servers/gpu%2Dbox-8188/queue',
      '/servers/b/../gpu-box-8188/userdata',
      '/servers//queue',
    ])
      expect(ask({ path }), path).toMatch(/only what it uses/)
  })

  it('never throws, and never lets a foreign origin pass', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.webUrl(), (path, host, origin) => {
        for (const prefix of PREFIXES) expect(ask({ path: `${prefix}/${path}`, host, origin })).toBeDefined()
      }),
    )
  })

  it('sends a page that was opened by the address to localhost, where the history is', () => {
    expect(redirectOf('127.0.0.1:5178', '/#/live')).toBe('http://localhost:5178/#/live')
    expect(redirectOf('127.0.0.1:5178', IDENTITY_PATH)).toBeUndefined()
    expect(redirectOf('127.0.0.1:5178', '/servers/b/queue')).toBeUndefined()
    expect(redirectOf('localhost:5178', '/')).toBeUndefined()
  })
})
