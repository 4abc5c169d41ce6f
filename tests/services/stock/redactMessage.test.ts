import { describe, expect, it } from 'vitest'
import { redactMessage } from '../../../services/stock/redactMessage'

describe('an error’s message', () => {
  it.each([
    ['No such file: /home/me/models/film.safetensors', 'No such file: film.safetensors'],
    ['Cannot open "C:\\Users\\me\\my models\\a.ckpt" now', 'Cannot open "a.ckpt" now'],
    ['At D:\\ComfyUI\\nodes.py: bad', 'At nodes.py: bad'],
    ['See https://example.org/a/b for 1/2 and and/or', 'See https://example.org/a/b for 1/2 and and/or'],
  ])('names no folder: %s', (message, redacted) => {
    expect(redactMessage(message)).toBe(redacted)
  })

  it('is cut to 2 KiB between characters', () => {
    const redacted = redactMessage('é'.repeat(5_000))
    expect(new TextEncoder().encode(redacted)).toHaveLength(2_048)
    expect(redactMessage(`a${'é'.repeat(5_000)}`)).not.toContain('\uFFFD')
  })
})
