import { EventEmitter } from 'node:events'
import { OutgoingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { proxyTo } from '../../scripts/proxyTo.mjs'

/** The headers that reach ComfyUI of a request with these. */
function forwarded(event: 'proxyReq' | 'proxyReqWs', auth?: string) {
  const target = { id: 'box', name: 'box', url: 'http://box.test:8188', auth }
  const { configure } = proxyTo('/api/comfyui', target, () => undefined)
  const proxy = new EventEmitter()
  Reflect.apply(configure ?? (() => undefined), undefined, [proxy, {}])
  const request = new OutgoingMessage()
  request.setHeader('cookie', 'session=of-another-tool')
  request.setHeader('authorization', 'Bearer of-the-page')
  request.setHeader('origin', 'http://localhost:5178')
  request.setHeader('accept', 'application/json')
  proxy.emit(event, request)
  return request.getHeaders()
}

describe.each(['proxyReq', 'proxyReqWs'] as const)('what the proxy forwards at %s', (event) => {
  it('has nothing that the browser keeps for this machine', () => {
    expect(forwarded(event)).toEqual({ origin: 'http://box.test:8188', accept: 'application/json' })
  })

  it('has the server’s own password where there is one', () => {
    expect(forwarded(event, 'me:secret').authorization).toBe(`Basic ${btoa('me:secret')}`)
  })
})
