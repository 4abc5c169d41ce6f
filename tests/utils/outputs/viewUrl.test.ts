import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPicture } from '../../../utils/outputs/isPicture'
import { viewUrl } from '../../../utils/outputs/viewUrl'

const PAGE = 'http://localhost:5178/#/live'
const file = { filename: 'film_00001_.png', subfolder: 'a/b', type: 'output' }

describe('the address of an output file', () => {
  it('is ComfyUI’s /view, as a whole or as a preview', () => {
    expect(viewUrl('http://gpu-box:8188', PAGE, file)).toBe(
      'http://gpu-box:8188/view?filename=film_00001_.png&subfolder=a%2Fb&type=output',
    )
    expect(viewUrl('http://gpu-box:8188', PAGE, file, 'preview')).toMatch(/&preview=webp%3B50$/)
  })

  it.each([
    ['/api/comfyui', 'http://localhost:5178/api/comfyui/view?'],
    ['http://gpu-box/prefix/', 'http://gpu-box/prefix/view?'],
    ['ws://gpu-box:8188/telemetry', 'http://gpu-box:8188/view?'],
    ['wss://gpu-box/x/telemetry', 'https://gpu-box/x/view?'],
    ['https://gpu-box/?q=1#x', 'https://gpu-box/view?'],
  ])('of %s begins with %s', (server, start) => {
    expect(viewUrl(server, PAGE, file)?.startsWith(start)).toBe(true)
  })

  it.each(['javascript:alert(1)//', 'data:text/html,x', 'file:///etc', 'blob:http://x/y', 'http://'])(
    'is none at %s',
    (server) => expect(viewUrl(server, PAGE, file)).toBeUndefined(),
  )

  it('keeps every name a value of its own, whatever it holds', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '../../etc/passwd',
        'a&type=temp#',
        'x?preview=1',
        '"><script>alert(1)</script>',
        'javascript:alert(1)',
        'ä b+c%20.png',
        '\r\nHost: evil',
      ),
    )
    fc.assert(
      fc.property(name, name, name, (filename, subfolder, type) => {
        const url = new URL(viewUrl('http://gpu-box:8188', PAGE, { filename, subfolder, type }) ?? '')
        expect([url.origin, url.pathname, url.hash]).toEqual(['http://gpu-box:8188', '/view', ''])
        expect([...url.searchParams]).toEqual([
          ['filename', filename],
          ['subfolder', subfolder],
          ['type', type],
        ])
      }),
    )
  })
})

describe('what is shown as a picture', () => {
  it.each(['a.png', 'a.JPG', 'a.b.webp'])('is %s', (name) => expect(isPicture(name)).toBe(true))
  it.each(['a.mp4', 'a.svg', 'a.html', 'png', 'a.png.exe', ''])('is not %s', (name) =>
    expect(isPicture(name)).toBe(false),
  )
})
