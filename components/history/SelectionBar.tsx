import { useEffect, useRef, useState, type ReactElement } from 'react'
import { whole } from '../../utils/format/formatCount'
import { compareHref, MAX_COMPARED } from '../../utils/comparison/compareView'
import { useRunActions, useShortcuts, type RunSelection } from '../../utils/hooks'
import { StorageMeter } from './StorageMeter'
import { TagDialog } from './TagDialog'

/** Below the table: what is picked and what can be done with it, and how much room the history takes. Always there, of one height. */
export function SelectionBar(props: {
  readonly selection: RunSelection
  /** Exports the runs that are picked, or all that match where none is. */
  readonly onExport: () => void
  /** Gives the keyboard back to the table: what it was in may be gone. */
  readonly onDone: () => void
}): ReactElement {
  const { selection, onExport, onDone } = props
  const [isTagging, setTagging] = useState(false)
  useFocusKept(isTagging, onDone)
  const { remove } = useRunActions()
  const runIds = [...selection.ids]
  const isSome = runIds.length > 0
  const canCompare = runIds.length >= 2 && runIds.length <= MAX_COMPARED
  const compare = (): void => {
    if (canCompare) location.hash = compareHref({ runs: runIds })
  }
  const tag = (): void => setTagging(isSome)
  const removeThem = (): void => {
    if (!isSome) return
    void remove(runIds, selection.clear())
    onDone()
  }
  useShortcuts({ c: compare, t: tag, e: onExport, Delete: removeThem })
  return (
    <div className="tele-selection" role="group" aria-label="Selected runs">
      <span className="tele-figure tele-selection-count">
        {isSome ? `${whole(runIds.length)} selected` : 'None selected'}
      </span>
      {isSome && (
        <>
          <Action
            label="Compare"
            isOff={!canCompare}
            why="Select 2 to 6 runs to compare them"
            onDo={compare}
          />
          <Action label="Tag…" onDo={tag} />
          <Action label="Export" onDo={onExport} />
          <Action label="Delete" onDo={removeThem} />
          <Action label="Clear" onDo={selection.clear} />
        </>
      )}
      <span className="tele-spacer" />
      <StorageMeter />
      {isTagging && <TagDialog runIds={runIds} onClose={() => setTagging(false)} />}
    </div>
  )
}

/** A dialog gives the focus back to where it was; that may have been nowhere, with runs picked before another page was looked at. */
function useFocusKept(isOpen: boolean, onDone: () => void): void {
  const wasOpen = useRef(isOpen)
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) onDone()
    wasOpen.current = isOpen
  }, [isOpen, onDone])
}

function Action(props: {
  readonly label: string
  readonly onDo: () => void
  readonly isOff?: boolean
  readonly why?: string
}): ReactElement {
  const { label, onDo, isOff = false, why } = props
  return (
    <button
      type="button"
      className="tele-button tele-button-quiet"
      aria-disabled={isOff}
      title={isOff ? why : undefined}
      onClick={isOff ? undefined : onDo}
    >
      {label}
    </button>
  )
}
