import { useRef, useState, type FormEvent, type ReactElement } from 'react'
import type { FilterPreset, TelemetryFilter } from '../../types'
import { sameFilter } from '../../utils/filter/createFilterStore'
import { queryText } from '../../utils/filter/queryText'
import { reasonOf } from '../../utils/format/reasonOf'
import { usePresets, useToasts } from '../../utils/hooks'
import { UNDO } from '../../utils/toasts/createToasts'
import { saveFile } from '../../utils/charts/saveFile'
import { Popover } from '../ui/Popover'
import { PresetRow } from './PresetRow'
import './fields.css'
import './PresetMenu.css'

/** The saved views: apply, save this one, rename, default, delete with undo, as a file and back. */
export function PresetMenu(props: {
  readonly filter: TelemetryFilter
  readonly onApply: (filter: TelemetryFilter) => void
}): ReactElement {
  const { filter, onApply } = props
  const book = usePresets()
  const { show } = useToasts()
  const tell = (work: Promise<unknown>): void =>
    void work.catch((error: unknown) =>
      show({ kind: 'error', text: reasonOf(error, 'That could not be done. Try again.') }),
    )
  const remove = async ({ name }: FilterPreset): Promise<void> => {
    const { undo } = await book.remove(name)
    show({ kind: 'done', text: `Deleted “${name}”.`, action: { label: UNDO, run: () => tell(undo()) } })
  }
  const title = book.presets.length === 0 ? 'Save view' : 'Saved views'
  const current = book.presets.find((preset) => sameFilter(preset.filter, filter))
  return (
    <Popover label={title} name={title} className="tele-button">
      <div className="tele-preset-menu">
        <SaveForm
          key={current?.name}
          isEmpty={queryText(filter) === ''}
          known={book.presets}
          current={current}
          onSave={async (name) => {
            await book.save(name, filter)
            show({ kind: 'done', text: `Saved “${name.trim()}”.` })
          }}
        />
        {book.presets.length > 0 && (
          <ul className="tele-presets" aria-label="Saved views">
            {book.presets.map((preset) => (
              <PresetRow
                key={preset.name}
                preset={preset}
                isCurrent={preset === current}
                onApply={() => {
                  onApply(preset.filter)
                  tell(book.touch(preset.name))
                }}
                onRename={(name) => book.update(preset.name, { name })}
                onDefault={(isDefault) => tell(book.update(preset.name, { isDefault }))}
                onRemove={() => tell(remove(preset))}
              />
            ))}
          </ul>
        )}
        {book.isLoaded && book.kept !== 'database' && <p className="tele-muted">{KEPT[book.kept]}</p>}
        <FileButtons
          isEmpty={book.presets.length === 0}
          onExport={() => saveFile(fileOf(book.exportFile()), FILE_NAME)}
          onImport={(file) => tell(takeFile(file))}
        />
      </div>
    </Popover>
  )

  async function takeFile(file: File): Promise<void> {
    if (file.size > MAX_FILE) throw new Error('This file is too large to be one of saved views.')
    const report = await book.importFile(await file.text())
    if (!report.ok) throw new Error(report.error)
    const { count, leftOut } = report.value
    show({
      kind: leftOut.length === 0 ? 'done' : 'error',
      text: [`Imported ${count} saved views.`, ...leftOut.slice(0, 3)].join(' '),
    })
  }
}

const KEPT = {
  browser: 'Kept in this browser, beside the history: the database is denied.',
  memory: 'Saved views last as long as this page: this browser denies storage, or it is full.',
}
const FILE_NAME = 'saved-views.json'
const MAX_FILE = 5_000_000
const fileOf = (text: string): Blob => new Blob([text], { type: 'application/json' })

function SaveForm(props: {
  readonly isEmpty: boolean
  readonly known: readonly FilterPreset[]
  readonly current: FilterPreset | undefined
  readonly onSave: (name: string) => Promise<void>
}): ReactElement {
  const { isEmpty, known, current, onSave } = props
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const isKnown = known.some((preset) => preset.name === name.trim())
  const save = (event: FormEvent): void => {
    event.preventDefault()
    onSave(name).then(
      () => {
        setName('')
        setProblem(null)
      },
      (error: unknown) => setProblem(reasonOf(error, 'It could not be saved. Try again.')),
    )
  }
  if (current) return <p className="tele-muted">This is “{current.name}”.</p>
  return (
    <form className="tele-preset-form" onSubmit={save}>
      <label>
        <span>Save this view as</span>
        <input
          value={name}
          maxLength={100}
          placeholder={isEmpty ? 'All runs' : 'Failures of this week'}
          aria-invalid={problem !== null || undefined}
          onChange={({ target }) => {
            setName(target.value)
            setProblem(null)
          }}
        />
      </label>
      <button type="submit" className="tele-button tele-button-main">
        {isKnown ? 'Update' : 'Save'}
      </button>
      {problem !== null && (
        <p role="alert" className="tele-filter-wrong">
          {problem}
        </p>
      )}
    </form>
  )
}

function FileButtons(props: {
  readonly isEmpty: boolean
  readonly onExport: () => void
  readonly onImport: (file: File) => void
}): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  return (
    <p className="tele-preset-files">
      <button type="button" className="tele-filter-clear" onClick={() => input.current?.click()}>
        Import…
      </button>
      {!props.isEmpty && (
        <button type="button" className="tele-filter-clear" onClick={props.onExport}>
          Export as a file
        </button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File of saved views"
        accept=".json,application/json"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) props.onImport(file)
          target.value = ''
        }}
      />
    </p>
  )
}
