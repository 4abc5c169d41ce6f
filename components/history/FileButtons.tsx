import type { ReactElement } from 'react'
import { count } from '../../utils/format/formatCount'
import { Popover } from '../ui/Popover'

interface FileButtonsProps {
  /** How many runs the files are of; undefined while that isn't known or one is being written. */
  readonly exported: number | undefined
  readonly onJson: () => void
  readonly onCsv: () => void
}

/** All runs that match, whole, and the table itself as files; on a phone in a menu. */
export function FileButtons({ exported, onJson, onCsv }: FileButtonsProps): ReactElement {
  const isOff = exported === undefined
  const runs = isOff ? 'the runs' : count(exported, 'run')
  const json = { isOff, hint: JSON_HINT, onSave: onJson }
  const csv = { isOff, hint: CSV_HINT, onSave: onCsv }
  const inRow = 'tele-button-quiet tele-not-on-phone'
  return (
    <>
      <FileButton {...json} text="JSON" name={`Export ${runs} as JSON`} className={inRow} />
      <FileButton {...csv} text="CSV" name="Export this table as CSV" className={inRow} />
      <Popover name="More" label="More" className="tele-button tele-button-quiet tele-phone-only">
        <div className="tele-file-menu">
          <FileButton {...json} text={`${isOff ? 'Runs' : runs} as JSON`} />
          <FileButton {...csv} text="The table as CSV" />
        </div>
      </Popover>
    </>
  )
}

const JSON_HINT = 'Whole runs with their GPU traces; another browser can import them'
const CSV_HINT = 'The table with its order and its columns, for a spreadsheet'

function FileButton(props: {
  readonly text: string
  /** Where the text is an abbreviation. */
  readonly name?: string
  readonly hint: string
  readonly isOff: boolean
  readonly className?: string
  readonly onSave: () => void
}): ReactElement {
  const { text, name, hint, isOff, className = '', onSave } = props
  return (
    <button
      type="button"
      className={`tele-button ${className}`}
      aria-disabled={isOff}
      aria-label={name}
      title={hint}
      onClick={isOff ? undefined : onSave}
    >
      {text}
    </button>
  )
}
