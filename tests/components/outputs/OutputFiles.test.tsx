// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OutputFiles } from '../../../components/outputs/OutputFiles'
import type { OutputFile } from '../../../types'
import { startLiveTelemetry, type LiveTelemetry } from '../../helpers/liveTelemetry'

let live: LiveTelemetry
beforeEach(async () => {
  live = startLiveTelemetry()
  await waitFor(() => expect(live.telemetry.realtime.getSnapshot().connection.status).toBe('live'), {
    timeout: 10_000,
  })
})
afterEach(async () => {
  cleanup()
  await live.close()
})

const file = (filename: string): OutputFile => ({ nodeId: '6', filename, subfolder: 'x', type: 'output' })
const show = (files: readonly OutputFile[], source = 'mock', isTiny = false) =>
  render(<OutputFiles files={files} source={source} isTiny={isTiny} />, live)

describe('the files of a prompt', () => {
  it('are pictures that load when they come in sight, and links to the whole files', () => {
    show([file('a.png')])
    const picture = screen.getByRole('img', { name: 'a.png' })
    expect(picture.getAttribute('src')).toBe(
      'http://localhost:9877/view?filename=a.png&subfolder=x&type=output&preview=webp%3B50',
    )
    expect(picture.getAttribute('loading')).toBe('lazy')
    expect(picture.getAttribute('referrerpolicy')).toBe('no-referrer')
    const link = screen.getByRole('link', { name: 'a.png, opens in a new tab' })
    expect(link.getAttribute('href')).toBe(
      'http://localhost:9877/view?filename=a.png&subfolder=x&type=output',
    )
    expect(link.getAttribute('rel')).toBe('noopener noreferrer')
  })

  it('are four at most, and two on a card, with the number of the rest', () => {
    const files = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => file(`${name}.png`))
    const { container } = show(files)
    expect(screen.getAllByRole('listitem')).toHaveLength(4)
    expect(container.textContent).toContain('+3 more')
    cleanup()
    expect(show(files, 'mock', true).container.textContent).toContain('+5 more')
    expect(screen.getAllByRole('listitem')).toHaveLength(2)
  })

  it('that are no pictures are tiles with their names', () => {
    show([file('film.mp4')])
    expect(screen.queryByRole('img')).toBeNull()
    expect(screen.getByRole('link', { name: 'film.mp4, opens in a new tab' })).toBeTruthy()
  })

  it('that are gone say so instead of being broken pictures', () => {
    show([file('a.png')])
    fireEvent.error(screen.getByRole('img', { name: 'a.png' }))
    expect(screen.queryByRole('img')).toBeNull()
    expect(screen.getByRole('listitem').textContent).toBe('a.png: No longer on the server.')
  })

  it('of another server are not asked of this one, which may have others of the same names', () => {
    show([file('a.png')], 'elsewhere')
    expect(screen.queryByRole('link')).toBeNull()
    expect(screen.getByText('a.png')).toBeTruthy()
    expect(screen.getByText(/on another server than the one that is connected/)).toBeTruthy()
  })

  it('are not there when there are none', () => {
    expect(show([]).container.textContent).toBe('')
  })
})
