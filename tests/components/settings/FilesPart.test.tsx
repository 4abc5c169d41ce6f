// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FilesPart } from '../../../components/settings/FilesPart'
import { exportRuns } from '../../../services/exportService'
import { generateRuns } from '../../../services/seed/generateRuns'
import { startLiveTelemetry, type LiveTelemetry } from '../../helpers/liveTelemetry'

// What reads and writes files is loaded with the first of them.
configure({ asyncUtilTimeout: 10_000 })

let live: LiveTelemetry
beforeEach(async () => {
  live = startLiveTelemetry('ws://localhost:9871/telemetry')
  await live.telemetry.ready
})
afterEach(async () => {
  cleanup()
  vi.restoreAllMocks()
  await live.close()
})

const RUNS = [...generateRuns(5, 1)]
const text = (await (await exportRuns({ runs: RUNS, format: 'json' })).blob.text()).replace(
  /"timestamp":\d+,"scenes"/,
  '"timestamp":"?","scenes"',
)
const NOTHING = { added: 0, same: 0, merged: 0, conflicting: 0, invalid: [] }
const file = (content: string, name = 'night.json'): File => new File([content], name)
const saved = async (): Promise<number> => (await live.telemetry.history.storage()).runs
const drop = (dropped: File): boolean =>
  fireEvent.drop(screen.getByLabelText('Import…'), { dataTransfer: { files: [dropped] } })
const choose = (chosen: File): Promise<void> => userEvent.upload(screen.getByLabelText('Import…'), chosen)

describe('importing a file', () => {
  it('counts first, names what is wrong by its line, and writes when it is told to', async () => {
    render(<FilesPart />, live)
    await choose(file(text))
    expect(await screen.findByText('night.json: Would add 4 runs.')).toBeTruthy()
    expect(screen.getByText('1 record can’t be read; nothing of it is stored:')).toBeTruthy()
    const problems = within(screen.getByRole('list', { name: 'What can’t be read' }))
    expect(problems.getByRole('listitem').textContent).toMatch(/^Line 2: At run\.timestamp: /)
    expect(await saved()).toBe(0)
    await userEvent.click(screen.getByRole('button', { name: 'Import 4 runs' }))
    expect(await screen.findByText('night.json: Added 4 runs.')).toBeTruthy()
    expect(await saved()).toBe(4)
    await userEvent.click(screen.getByRole('button', { name: 'Close' }))
    expect(screen.queryByText(/night\.json/)).toBeNull()
  })

  it('writes nothing when it is put off, and offers nothing when nothing would change', async () => {
    render(<FilesPart />, live)
    await choose(file(text))
    await userEvent.click(await screen.findByRole('button', { name: 'Not now' }))
    expect(screen.queryByRole('button', { name: /^Import \d/ })).toBeNull()
    expect(await saved()).toBe(0)
    drop(file('a,b\r\n1,2', 'table.csv'))
    expect(await screen.findByText(/This is a table \(CSV\)/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Import \d/ })).toBeNull()
  })

  it('says of which runs a part has no place', async () => {
    const reason = '“Night” has 401 attempts more than a run may hold.'
    vi.spyOn(live.telemetry.files, 'importRuns').mockImplementation((_, { dryRun = false } = {}) =>
      Promise.resolve({ ...NOTHING, merged: 1, leftOut: [{ line: 2, reason }], dryRun }),
    )
    render(<FilesPart />, live)
    await choose(file(text))
    expect(await screen.findByText('Of 1 run a part would be left out:')).toBeTruthy()
    const left = within(screen.getByRole('list', { name: 'What is left out' }))
    expect(left.getByRole('listitem').textContent).toBe(`Line 2: ${reason}`)
    expect(screen.queryByText(/can’t be read/)).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Import 1 run' }))
    expect(await screen.findByText('Of 1 run a part was left out:')).toBeTruthy()
  })

  it('takes a file that is dropped', async () => {
    render(<FilesPart />, live)
    drop(file(text, 'dropped.json'))
    expect(await screen.findByText('dropped.json: Would add 4 runs.')).toBeTruthy()
  })

  it('can be cancelled while it is read', async () => {
    vi.spyOn(live.telemetry.files, 'importRuns').mockImplementation(
      (_, { signal, onProgress } = {}) =>
        new Promise((_resolve, reject) => {
          onProgress?.(0.4)
          signal?.addEventListener('abort', () => reject(signal.reason))
        }),
    )
    render(<FilesPart />, live)
    await choose(file(text))
    const bar = await screen.findByRole('progressbar', { name: 'Reading night.json' })
    expect(bar.getAttribute('value')).toBe('40')
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(screen.getAllByRole('alert').every((alert) => alert.textContent === '')).toBe(true)
  })

  it('goes on when its page is left, and is there again on the way back', async () => {
    let finish = (): void => undefined
    vi.spyOn(live.telemetry.files, 'importRuns').mockImplementation(
      (_, { onProgress } = {}) =>
        new Promise((resolve) => {
          onProgress?.(0.4)
          finish = () => resolve({ ...NOTHING, dryRun: true, same: 5 })
        }),
    )
    const { unmount } = render(<FilesPart />, live)
    await choose(file(text))
    await screen.findByRole('progressbar', { name: 'Reading night.json' })
    unmount()
    render(<FilesPart />, live)
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('40')
    finish()
    expect(await screen.findByText('night.json: 5 are there already; nothing changes.')).toBeTruthy()
  })

  it('says how much found no room, what deleting the oldest runs frees, and keeps what is saved', async () => {
    await live.telemetry.history.saveRuns(RUNS)
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value
    render(<FilesPart />, live)
    const others = [...generateRuns(20, 9)]
    await choose(file(await (await exportRuns({ runs: others, format: 'json' })).blob.text()))
    const button = await screen.findByRole('button', { name: /^Import \d+ runs$/ })
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === 'scenes') throw new DOMException('full', 'QuotaExceededError')
      return Reflect.apply(put, this, args)
    })
    await userEvent.click(button)
    expect(await screen.findByText(/^Storage is full\..* 0 runs of the file are saved/)).toBeTruthy()
    expect(
      await screen.findByText(/^About .* more needed\. Deleting the \d+ oldest runs?, up to .*, frees about/),
    ).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Delete the oldest…' }).getAttribute('href')).toMatch(
      /^#\/settings\/storage\?keep=\d$/,
    )
    expect(await saved()).toBe(5)
  })

  it('says why when the history cannot take it', async () => {
    vi.spyOn(live.telemetry.files, 'importRuns').mockRejectedValue(new Error('Storage is full.'))
    render(<FilesPart />, live)
    await choose(file(text))
    expect(await screen.findByText('Storage is full.')).toBeTruthy()
  })
})

describe('exporting everything', () => {
  it('gives the browser one JSON file with every run, and says so', async () => {
    await live.telemetry.history.saveRuns(RUNS)
    const blobs: Blob[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      if (blob instanceof Blob) blobs.push(blob)
      return 'blob:x'
    })
    render(<FilesPart />, live)
    await userEvent.click(screen.getByRole('button', { name: 'Export everything as JSON' }))
    await waitFor(() =>
      expect(screen.getByText(/^Saved gemdirect1-telemetry-.*\.json, 0\.0.MB/)).toBeTruthy(),
    )
    const document = JSON.parse((await blobs[0]?.text()) ?? '') as { records: unknown[] }
    expect(document.records).toHaveLength(5)
  })
})
