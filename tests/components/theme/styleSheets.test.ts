import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('what is said to be valid is not dressed as wrong', () => {
  for (const file of sheets) expect(readFileSync(file, 'utf8'), file).not.toContain('[aria-invalid]')
})

it('no class has rules of its own in two style sheets: one would dress what the other means', () => {
  const homes = new Map<string, Set<string>>()
  for (const file of sheets)
    for (const name of bareClasses(readFileSync(file, 'utf8')))
      homes.set(name, (homes.get(name) ?? new Set()).add(file))
  expect(homes.size).toBeGreaterThan(200)
  expect([...homes].filter(([, files]) => files.size > 1)).toEqual([])
})

const sheets = readdirSync('components', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => join('components', name))

/** Classes that stand alone as a selector, in whatever at-rule. */
function bareClasses(css: string): readonly string[] {
  const heads = css.replaceAll(/\/\*[\s\S]*?\*\//g, '').match(/[^{};]+(?=\{)/g) ?? []
  return heads.flatMap((head) =>
    head
      .split(',')
      .map((selector) => selector.trim())
      .filter((selector) => /^\.[\w-]+$/.test(selector)),
  )
}
