import { useState, type DragEvent, type ReactElement } from 'react'
import type { ImportProblem } from '../../types'
import { changesOf, importSentence, problemLines } from '../../utils/files/importWords'
import { count } from '../../utils/format/formatCount'
import { useImport, type ImportedFile } from '../../utils/hooks'
import { RoomOffer } from './RoomOffer'
import { TaskProgress } from './TaskProgress'
import './files.css'

/** A file is chosen or dropped, its import is counted first, then confirmed. */
export function ImportFile(): ReactElement {
  const { task, check, write, cancel } = useImport()
  if (task.status === 'running') return <TaskProgress {...task} onCancel={cancel} />
  return (
    <>
      <ImportPlace onFile={check} />
      {task.status === 'done' && (
        <ImportSaid {...task.value} onWrite={() => write(task.value.file)} onClose={cancel} />
      )}
      <p role="alert" className="tele-problem">
        {task.status === 'failed' && task.message}
      </p>
      {task.status === 'failed' && task.isFull && <RoomOffer missing={task.missing} />}
    </>
  )
}

function ImportPlace({ onFile }: { readonly onFile: (file: File) => void }): ReactElement {
  const [isOver, setOver] = useState(false)
  const take = (file: File | undefined): void => {
    if (file) onFile(file)
  }
  const handleDrop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div className={isOver ? 'tele-import tele-drop-here' : 'tele-import'}>
      <span className="tele-button" aria-hidden>
        Import…
      </span>
      <p id="tele-import-help" className="tele-muted">
        A JSON export of this page, or an artifact-metadata.json; it may be dropped here. What it would do is
        counted first.
      </p>
      <input
        type="file"
        accept=".json,application/json"
        aria-label="Import…"
        aria-describedby="tele-import-help"
        onChange={(event) => {
          take(event.target.files?.[0])
          // The same file may be chosen again, when it was mended.
          event.target.value = ''
        }}
        onDragEnter={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={handleDrop}
      />
    </div>
  )
}

function ImportSaid(
  props: ImportedFile & { readonly onWrite: () => void; readonly onClose: () => void },
): ReactElement {
  const { file, report } = props
  const { invalid, leftOut = [] } = report
  const changes = report.dryRun ? changesOf(report) : 0
  return (
    <div className="tele-import-said">
      <p role="status">
        {file.name}: {importSentence(report)}
      </p>
      {invalid.length > 0 && (
        <>
          <p>{`${count(invalid.length, 'record')} can’t be read; nothing of ${invalid.length === 1 ? 'it' : 'them'} is stored:`}</p>
          <Problems label="What can’t be read" problems={invalid} />
        </>
      )}
      {leftOut.length > 0 && (
        <>
          <p>{`Of ${count(leftOut.length, 'run')} a part ${report.dryRun ? 'would be' : 'was'} left out:`}</p>
          <Problems label="What is left out" problems={leftOut} />
        </>
      )}
      <div className="tele-import-actions">
        {changes > 0 && (
          <button type="button" className="tele-button tele-button-main" onClick={props.onWrite}>
            Import {count(changes, 'run')}
          </button>
        )}
        <button type="button" className="tele-button" onClick={props.onClose}>
          {changes > 0 ? 'Not now' : 'Close'}
        </button>
      </div>
    </div>
  )
}

function Problems(props: {
  readonly label: string
  readonly problems: readonly ImportProblem[]
}): ReactElement {
  return (
    <ul aria-label={props.label} className="tele-problem">
      {problemLines(props.problems).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
