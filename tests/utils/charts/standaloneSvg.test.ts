// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { standaloneSvg } from '../../../utils/charts/standaloneSvg'

const TEXT = {
  title: 'Scene duration by run',
  lines: ['34 runs · median 1 m 20 s', 'gpu:"RTX 4090" & <more>'],
  notes: '6 cached scenes left out',
  legend: [
    { id: 'failed', name: 'failed', n: 1_200, sign: { path: 'M0,0h4', stroke: 'var(--tele-failed)' } },
  ],
}

const COLOURS = '--tele-failed: #f57c80; --tele-surface: #121823; --tele-text: #e8ecf3; --tele-muted: #a9b4c6'

afterEach(() => document.body.replaceChildren())

function drawing(inner: string): SVGSVGElement {
  document.body.innerHTML = `<svg style="${COLOURS}" width="600" height="200">${inner}</svg>`
  const svg = document.querySelector('svg')
  if (!svg) throw new Error('no svg')
  return svg
}

describe('a chart as a file', () => {
  it('carries title, filter, number, legend and notes', () => {
    const { markup } = standaloneSvg(drawing('<path d="M0,0h9"/>'), TEXT)
    const read = new DOMParser().parseFromString(markup, 'image/svg+xml')
    const texts = [...read.querySelectorAll('text')].map((text) => text.textContent)
    expect(texts).toEqual(
      expect.arrayContaining([
        TEXT.title,
        TEXT.lines[0],
        'failed 1,200',
        'gpu:"RTX 4090" & <more>',
        TEXT.notes,
      ]),
    )
  })

  it('has every colour written out', () => {
    const { markup } = standaloneSvg(
      drawing('<path stroke="var(--tele-failed)" style="fill: var(--tele-text)"/>'),
      TEXT,
    )
    expect(markup).not.toContain('var(')
    expect(markup).toContain('#f57c80')
  })

  it('leaves out what only a page can use', () => {
    const { markup } = standaloneSvg(
      drawing('<g class="x" tabindex="0" role="button"><path d="M1,1"/></g>'),
      TEXT,
    )
    expect(markup).not.toMatch(/tabindex|role=|class=/)
    expect(markup).toContain('M1,1')
  })
})
