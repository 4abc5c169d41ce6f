import type { KeyboardEvent, ReactElement, ReactNode } from 'react'
import type { FilterField } from '../../utils/filter/choices'
import { hrefOfValue } from '../../utils/filter/queryHref'
import './FilterValue.css'

/** A value was clicked: only runs with it are wanted, or, excluded, those without. */
export type PickValue = (field: FilterField, value: string, isExcluded: boolean) => void

/**
 * A value that filters: a click asks for runs with it, with Alt (also Alt and Enter) for those without. Without `onPick` it leads to
 * the History page.
 */
export function FilterValue(props: {
  readonly field: FilterField
  readonly value: string
  /** What it is called; default: as it is. */
  readonly label?: string
  readonly className?: string
  /** Reached by the arrows of a table, not by Tab. */
  readonly isInGrid?: boolean
  readonly onPick?: PickValue | undefined
  readonly children?: ReactNode
}): ReactElement {
  const {
    field,
    value,
    label = value,
    className = 'tele-value',
    isInGrid = false,
    onPick = openHistory,
  } = props
  const onKeyDown = (event: KeyboardEvent): void => {
    // A browser makes no click of Alt and Enter.
    if (event.key !== 'Enter' || !event.altKey) return
    event.preventDefault()
    onPick(field, value, true)
  }
  return (
    <button
      type="button"
      tabIndex={isInGrid ? -1 : undefined}
      className={`${className} tele-value-button`}
      title={`Only ${label}; with Alt all but it`}
      onClick={(event) => onPick(field, value, event.altKey)}
      onKeyDown={onKeyDown}
    >
      {props.children ?? label}
    </button>
  )
}

const openHistory: PickValue = (field, value, isExcluded) => {
  location.hash = hrefOfValue(field, value, isExcluded)
}
