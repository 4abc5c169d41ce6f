import { describe, expect, it } from 'vitest'
import { proxyTargets } from '../../scripts/proxyTargets.mjs'

describe('the servers to proxy', () => {
  const ids = (addresses: string[], env: NodeJS.ProcessEnv = {}): string[] =>
    proxyTargets(addresses, env).map(({ id }) => id)

  it('have ids that stay the same and fit a path, each once', () => {
    expect(
      ids(['http://gpu-box:8188/', 'http://gpu-box:8188', 'https://Host/comfy/', 'http://[::1]:8188']),
    ).toEqual(['gpu-box-8188', 'host-comfy', '1-8188'])
    expect(ids(['http://host/a-b', 'http://host/a/b'])).toEqual(['host-a-b', 'host-a-b-2'])
  })

  it('have the password of all, or their own, or none', () => {
    const env = { COMFYUI_AUTH: 'me:1:2', COMFYUI_AUTH_B_2: 'you:3', COMFYUI_AUTH_C_3: '' }
    const targets = proxyTargets(['http://a:1', 'http://b:2', 'http://c:3'], env)
    expect(targets.map(({ auth }) => auth)).toEqual(['me:1:2', 'you:3', undefined])
  })

  it('are refused with a password in their address, or one that is none, and neither is repeated', () => {
    const refused = (addresses: string[], env: NodeJS.ProcessEnv = {}): string => {
      try {
        return JSON.stringify(proxyTargets(addresses, env))
      } catch (error) {
        return String(error)
      }
    }
    const words = refused(['http://me:secret@gpu-box:8188'])
    expect(words).toMatch(/COMFYUI_AUTH=user:password/)
    expect(words).not.toContain('secret')
    expect(refused(['http://a:1'], { COMFYUI_AUTH_A_1: 'secret' })).toMatch(
      /COMFYUI_AUTH_A_1 is to be user:password\.$/,
    )
    expect(refused(['http://a:1?x=1'])).toMatch(/no address of a ComfyUI/)
  })
})
