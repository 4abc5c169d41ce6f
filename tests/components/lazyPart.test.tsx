// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Suspense, type ReactElement } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { lazyPart } from '../../components/ui/lazyPart'

// React reports what a boundary catches.
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue(undefined))
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const Trace = ({ gpu }: { readonly gpu: string }): ReactElement => <p>Trace of {gpu}</p>

it('leaves the page around it where its code can’t be had, and asks for it again', async () => {
  const load = vi.fn(() => Promise.resolve({ default: Trace }))
  load.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'))
  const Part = lazyPart(load)
  render(
    <>
      <h1>Live</h1>
      <Suspense fallback="…">
        <Part gpu="GPU 0" />
      </Suspense>
    </>,
  )
  expect((await screen.findByRole('alert')).textContent).toContain('the rest of the page goes on')
  expect(screen.getByRole('heading', { name: 'Live' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Trace of GPU 0')).toBeTruthy()
  expect(load).toHaveBeenCalledTimes(2)
})
