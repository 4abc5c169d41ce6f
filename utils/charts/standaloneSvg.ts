import { whole } from '../format/formatCount'
import type { LegendItem } from './chartTypes'

/** What a picture says besides its drawing. */
export interface PictureText {
  readonly title: string
  readonly lines: readonly string[]
  readonly notes: string
  readonly legend: readonly LegendItem[]
}
export interface Picture {
  readonly markup: string
  readonly width: number
  readonly height: number
}

const SVG = 'http://www.w3.org/2000/svg'
const PADDING = 16
const LINE_PX = 18
const KEY_PX = 20
/** Of the system's sans at 12 px, on the wide side. */
const CHARACTER_PX = 6.8

/**
 * A chart's svg as a file of its own: on the page's surface, under its title, filter, number and legend, with every colour written out.
 * `source` must stand in the page, for its colours are read there.
 */
export function standaloneSvg(source: SVGSVGElement, text: PictureText): Picture {
  const style = getComputedStyle(source)
  const drawing = { width: source.width.baseVal.value, height: source.height.baseVal.value }
  const width = Math.ceil(drawing.width + 2 * PADDING)
  const room = Math.floor((width - 2 * PADDING) / CHARACTER_PX)
  const lines = text.lines.flatMap((line) => wrap(line, room))
  const keys = layKeys(text.legend, drawing.width)
  const keyRows = keys.reduce((most, { row }) => Math.max(most, row + 1), 0)
  const headPx = PADDING + 20 + lines.length * LINE_PX + 4
  const top = headPx + keyRows * KEY_PX + 8
  const notes = text.notes === '' ? [] : wrap(text.notes, room)
  const height = Math.ceil(top + drawing.height + notes.length * LINE_PX + PADDING)
  const root = element('svg', {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': style.fontFamily,
    'font-size': 12,
  })
  root.append(
    labelled('title', [text.title, ...text.lines].join('. ')),
    element('rect', { width, height, fill: 'var(--tele-surface)' }),
    label(text.title, PADDING, PADDING + 14, {
      fill: 'var(--tele-text)',
      'font-size': 16,
      'font-weight': 600,
    }),
    ...lines.map((line, i) =>
      label(line, PADDING, PADDING + 20 + (i + 1) * LINE_PX - 4, { fill: 'var(--tele-muted)' }),
    ),
    ...keys.map(({ item, x, row }) => key(item, PADDING + x, headPx + row * KEY_PX + KEY_PX / 2)),
    drawingOf(source, PADDING, top),
    ...notes.map((line, i) =>
      label(line, PADDING, top + drawing.height + (i + 1) * LINE_PX - 2, { fill: 'var(--tele-muted)' }),
    ),
  )
  resolveColors(root, style)
  return { markup: new XMLSerializer().serializeToString(root), width, height }
}

/** A copy without what only a page can use. */
function drawingOf(source: SVGSVGElement, x: number, y: number): Element {
  const copy = element('g', { transform: `translate(${x},${y})` })
  copy.append(...[...source.childNodes].map((child) => child.cloneNode(true)))
  for (const each of copy.querySelectorAll('*'))
    for (const name of ['class', 'tabindex', 'role', 'aria-label']) each.removeAttribute(name)
  return copy
}

function key(item: LegendItem, x: number, y: number): Element {
  const group = element('g', { transform: `translate(${x + 8},${y})` })
  const { path, fill = 'none', fillOpacity = 1, stroke = 'none', strokeWidth = 1 } = item.sign
  group.append(
    element('path', { d: path, fill, 'fill-opacity': fillOpacity, stroke, 'stroke-width': strokeWidth }),
    label(keyText(item), 14, 4, { fill: 'var(--tele-text)' }),
  )
  return group
}

function layKeys(items: readonly LegendItem[], width: number) {
  let [x, row] = [0, 0]
  return items.map((item) => {
    const wide = 22 + keyText(item).length * CHARACTER_PX + 14
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1]
    const placed = { item, x, row }
    x += wide
    return placed
  })
}

const keyText = ({ name, n }: LegendItem): string => (n === undefined ? name : `${name} ${whole(n)}`)

/** Colours by name mean nothing outside the page. */
function resolveColors(root: Element, style: CSSStyleDeclaration): void {
  const read = (text: string): string =>
    text
      .replace(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim())
      .replace(/currentcolor/gi, style.color)
  for (const each of [root, ...root.querySelectorAll('*')])
    for (const { name, value } of each.attributes)
      if (/var\(|currentcolor/i.test(value)) each.setAttribute(name, read(value))
}

function wrap(text: string, most: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

type Attributes = Readonly<Record<string, string | number>>

function element(name: string, attributes: Attributes): Element {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}

function labelled(name: string, text: string, attributes: Attributes = {}): Element {
  const made = element(name, attributes)
  made.textContent = text
  return made
}

const label = (text: string, x: number, y: number, attributes: Attributes): Element =>
  labelled('text', text, { x, y, ...attributes })
