import type { ReactElement } from 'react'
import { savedWords } from '../../utils/files/taskToasts'
import { useExportTask, useRunFiles } from '../../utils/hooks'
import { ImportFile } from '../files/ImportFile'
import { TaskProgress } from '../files/TaskProgress'
import '../files/files.css'

/** Moving runs from one browser, address or machine to another: everything into a file, and back. */
export function FilesPart(): ReactElement {
  const { saveJson } = useRunFiles()
  const { task, cancel } = useExportTask()
  return (
    <section className="tele-files-part" aria-labelledby="tele-files-title">
      <h3 id="tele-files-title">Move runs</h3>
      <ImportFile />
      {task.status === 'running' ? (
        <TaskProgress {...task} onCancel={cancel} />
      ) : (
        <button type="button" className="tele-button" onClick={() => saveJson('the file')}>
          Export everything as JSON
        </button>
      )}
      <p role="status" className="tele-muted">
        {task.status === 'done' && savedWords(task.value)}
      </p>
      <p role="alert" className="tele-problem">
        {task.status === 'failed' && task.message}
      </p>
    </section>
  )
}
