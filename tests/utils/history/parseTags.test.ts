import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseTags } from '../../../utils/history/parseTags'

it('takes tags apart at commas, without blanks around them and each once', () => {
  expect(parseTags(' night,draft ,, night,a b ')).toEqual(['night', 'draft', 'a b'])
  expect(parseTags(' , ')).toEqual([])
})

it('cuts no tag and drops none: what is too long or too many is refused where it is saved', () => {
  const tag = fc.stringMatching(/^[a-z]{1,300}$/)
  fc.assert(
    fc.property(fc.uniqueArray(tag, { maxLength: 80 }), (tags) => {
      expect(parseTags(tags.join(', '))).toEqual(tags)
    }),
  )
})
