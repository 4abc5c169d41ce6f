import type { ReactElement } from 'react'

/** How far long work is, and a way to give it up. */
export function TaskProgress(props: {
  readonly label: string
  readonly share: number
  readonly onCancel: () => void
}): ReactElement {
  const percent = Math.floor(props.share * 100)
  return (
    <div className="tele-task">
      <span>
        {props.label}… <span className="tele-figure">{percent}&#8239;%</span>
      </span>
      <progress aria-label={props.label} value={percent} max={100} />
      <button type="button" className="tele-button" onClick={props.onCancel}>
        Cancel
      </button>
    </div>
  )
}
