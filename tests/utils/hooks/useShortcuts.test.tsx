// @vitest-environment happy-dom
import { startTransition, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, it, vi } from 'vitest'
import { useShortcuts } from '../../../utils/hooks/useShortcuts'

afterEach(() => vi.unstubAllGlobals())

it('hears a key that is pressed as soon as the page is seen', async () => {
  // As in a browser: with act() around it nobody could press a key between what is shown and its effects.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  const onHelp = vi.fn()
  function Page(): ReactElement {
    useShortcuts({ '?': onHelp })
    return <h1>Live</h1>
  }
  const shown = new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect()
      dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))
      resolve()
    })
    observer.observe(place, { childList: true })
  })
  startTransition(() => root.render(<Page />))
  await shown
  expect(onHelp).toHaveBeenCalledTimes(1)
  root.unmount()
  place.remove()
})
