import type { ReactElement } from 'react'
import { formatStorage } from '../../utils/format/formatBytes'
import { useStorageReport } from '../../utils/hooks'

/** How much room the history takes and whether it is kept: `storage 310 MB, kept`. Leads to the storage settings. */
export function StorageMeter(): ReactElement | null {
  const report = useStorageReport()
  if (!report) return null
  const { mode, usage, persisted } = report
  const kept = { true: ', kept', false: ', may be dropped', unknown: '' }[`${persisted}`]
  const words =
    mode === 'memory'
      ? 'nothing is saved'
      : usage === undefined
        ? 'storage'
        : `storage ${formatStorage(usage)}${kept}`
  return (
    <a className="tele-storage-meter tele-figure" href="#/settings/storage">
      {words}
    </a>
  )
}
