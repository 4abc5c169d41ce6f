import type { ReactElement } from 'react'
import { saveFile } from '../../utils/charts/saveFile'
import { formatMegabytes } from '../../utils/format/formatBytes'
import { useExport } from '../../utils/hooks'
import { ImportFile } from './ImportFile'
import { TaskProgress } from './TaskProgress'
import './FilesPart.css'

/** Moving runs from one browser, address or machine to another: everything into a file, and back. */
export function FilesPart(): ReactElement {
  const exporting = useExport(saveFile)
  return (
    <section className="tele-files-part" aria-labelledby="tele-files-title">
      <h3 id="tele-files-title">Move runs</h3>
      <ImportFile />
      {exporting.status === 'running' ? (
        <TaskProgress label="Writing the file" share={exporting.share} onCancel={exporting.cancel} />
      ) : (
        <button type="button" className="tele-button" onClick={exporting.begin}>
          Export everything as JSON
        </button>
      )}
      <p role="status" className="tele-muted">
        {exporting.status === 'done' &&
          `Saved ${exporting.value.name}, ${formatMegabytes(exporting.value.bytes)}, with the other downloads.`}
      </p>
      <p role="alert" className="tele-problem">
        {exporting.status === 'failed' && exporting.message}
      </p>
    </section>
  )
}
