import type { Answer } from './answer'
import type { Engine } from './createEngine'

/**
 * ComfyUI's `/view`: a picture of the file if a prompt wrote it, its colours by the file's name. Names that lead out of the folder
 * are refused as ComfyUI does. The picture is an SVG whatever was asked for: enough for a browser.
 */
export function viewFile(engine: Engine, query: URLSearchParams): Answer {
  const filename = query.get('filename') ?? ''
  if (filename === '' || filename.startsWith('/') || filename.includes('..')) return { status: 400, json: {} }
  const isKnown = [...engine.ended.values()].some(({ outputs }) =>
    outputs.some(
      (file) =>
        file.filename === filename &&
        file.subfolder === (query.get('subfolder') ?? '') &&
        file.type === (query.get('type') ?? 'output'),
    ),
  )
  if (!isKnown) return { status: 404, json: {} }
  return { status: 200, type: 'image/svg+xml', body: pictureOf(filename) }
}

/** A sky, a sun and hills, of the film's 16:9. */
function pictureOf(name: string): string {
  const hash = [...name].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7)
  const hue = hash % 360
  const sun = 40 + (hash % 240)
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" width="320" height="180">',
    `<rect width="320" height="180" fill="hsl(${hue} 45% 22%)"/>`,
    `<rect y="60" width="320" height="120" fill="hsl(${(hue + 30) % 360} 55% 38%)"/>`,
    `<circle cx="${sun}" cy="74" r="26" fill="hsl(${(hue + 60) % 360} 85% 70%)"/>`,
    `<path d="M0 130 80 88l90 40 70-30 80 36v46H0z" fill="hsl(${hue} 40% 12%)"/>`,
    '</svg>',
  ].join('')
}
