import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixedContent, readServerAddress } from '../../../services/servers/readServerAddress'
import { serverIdOf, serverNameOf } from '../../../services/servers/serverAddress'

const PAGE = 'http://localhost:5178/#/settings'
const read = (typed: string, page = PAGE): string => {
  const address = readServerAddress(typed, page)
  return address.ok ? address.value : `refused: ${address.error}`
}

describe('a server’s address', () => {
  it.each([
    ['http://gpu-box:8188', 'http://gpu-box:8188'],
    ['  http://gpu-box:8188/  ', 'http://gpu-box:8188'],
    ['https://host/comfy/', 'https://host/comfy'],
    ['gpu-box:8188', 'http://gpu-box:8188'],
    ['192.168.1.7:8188', 'http://192.168.1.7:8188'],
    ['[::1]:8188', 'http://[::1]:8188'],
    ['/servers/gpu-box-8188/', 'http://localhost:5178/servers/gpu-box-8188'],
    ['http://gpu-box:8188/telemetry/ui/#/live', 'http://gpu-box:8188'],
    ['https://host/comfy/telemetry/ui/index.html', 'https://host/comfy'],
    ['http://gpu-box:8188/?x=1#y', 'http://gpu-box:8188'],
  ])('reads %s as %s', (typed, base) => expect(read(typed)).toBe(base))

  it.each([
    ['', /An address is needed/],
    ['not an address', /That is no address/],
    ['http://', /That is no address/],
    ['http://gpu box', /That is no address/],
    ['http://gpu-box:99999', /That is no address/],
    ['ftp://gpu-box', /begins with http/],
    ['ws://gpu-box:8188/telemetry', /begins with http/],
    ['javascript:alert(1)', /no address|begins with http/],
  ])('refuses %j in a sentence', (typed, words) => expect(read(typed)).toMatch(words))

  it.each(['http://me:secret@gpu-box:8188', 'https://me@host', 'http://:secret@host'])(
    'refuses the credentials in %s, and does not repeat them',
    (typed) => {
      expect(read(typed)).toMatch(/COMFYUI_AUTH/)
      expect(read(typed)).not.toMatch(/secret|me@/)
    },
  )

  it('says before it tries that an https page can’t reach an http server, but for this machine', () => {
    const page = 'https://studio.test/telemetry/ui/'
    expect(read('gpu-box:8188', page)).toMatch(
      /no https page reach an http server such as http:\/\/gpu-box:8188/,
    )
    expect(read('http://127.0.0.1:8188', page)).toBe('http://127.0.0.1:8188')
    expect(read('https://gpu-box', page)).toBe('https://gpu-box')
    expect(mixedContent('http://localhost.evil.test', page)).toBeDefined()
    expect(mixedContent('http://gpu-box:8188', PAGE)).toBeUndefined()
  })

  it('never throws, and what it accepts has no credentials, no query and no slash at its end', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (typed) => {
        const address = readServerAddress(typed, PAGE)
        if (!address.ok) return
        const url = new URL(address.value)
        expect(address.value.endsWith('/')).toBe(false)
        expect([url.username, url.password, url.search, url.hash]).toEqual(['', '', '', ''])
        expect(readServerAddress(address.value, PAGE)).toEqual(address)
      }),
    )
  })
})

describe('a server’s id and first name', () => {
  it.each([
    ['http://gpu-box:8188', 'gpu-box-8188', 'gpu-box:8188'],
    ['https://host/comfy', 'host-comfy-https', 'host/comfy'],
    ['http://host/comfy', 'host-comfy', 'host/comfy'],
    ['http://[::1]:8188', '1-8188', '[::1]:8188'],
  ])('of %s are %s and %s', (base, id, name) => {
    expect(serverIdOf(base)).toBe(id)
    expect(serverNameOf(base)).toBe(name)
  })
})
