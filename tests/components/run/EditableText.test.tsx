// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { StrictMode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EditableText } from '../../../components/run/EditableText'

afterEach(cleanup)

async function typed() {
  const onSave = vi.fn()
  const onDraft = vi.fn()
  const { unmount } = render(
    <StrictMode>
      <EditableText
        label="Notes"
        value="dark"
        empty="none"
        isLong
        maxLength={100}
        onSave={onSave}
        onDraft={onDraft}
      />
    </StrictMode>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Edit notes: dark' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Notes' }), ' and slow')
  return { onSave, onDraft, unmount }
}

describe('a text that is being edited', () => {
  it('is saved when its page is left by Back', async () => {
    const { onSave, unmount } = await typed()
    expect(onSave).not.toHaveBeenCalled()
    unmount()
    expect(onSave).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('and slow'))
  })

  it('is saved when the browser leaves the page', async () => {
    const { onSave } = await typed()
    dispatchEvent(new Event('pagehide'))
    expect(onSave).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('and slow'))
  })

  it('is told with every letter, for the page may go at any', async () => {
    const { onDraft } = await typed()
    expect(onDraft).toHaveBeenCalledTimes(' and slow'.length)
    expect(onDraft).toHaveBeenLastCalledWith(expect.stringContaining('and slow'))
  })

  it('is told to be put back by Esc', async () => {
    const { onDraft } = await typed()
    await userEvent.keyboard('{Escape}')
    expect(onDraft).toHaveBeenLastCalledWith(null)
  })

  it('is not saved when Esc put back what was there', async () => {
    const { onSave, unmount } = await typed()
    await userEvent.keyboard('{Escape}')
    unmount()
    expect(onSave).not.toHaveBeenCalled()
  })
})
