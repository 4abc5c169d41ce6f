import { useId, useState, type ReactElement, type ReactNode } from 'react'
import { whole } from '../../utils/format/formatCount'
import './fields.css'
import './FilterSection.css'

/** A part of the panel that can be folded: its name, and how much of it is chosen. */
export function FilterSection(props: {
  readonly title: string
  /** Choices in it. */
  readonly chosen: number
  readonly isOpen: boolean
  readonly onClear: () => void
  readonly children: ReactNode
}): ReactElement {
  const { title, chosen, onClear, children } = props
  const [isOpen, setOpen] = useState(props.isOpen || chosen > 0)
  const id = useId()
  return (
    <section className="tele-filter-section" role="group" aria-labelledby={id}>
      <div className="tele-filter-head">
        <h3>
          <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <span className="tele-chevron" aria-hidden="true" />
            <span id={id}>{title}</span>
            {chosen > 0 && (
              <span className="tele-filter-chosen">
                {whole(chosen)}
                <span className="tele-unseen"> chosen</span>
              </span>
            )}
          </button>
        </h3>
        {chosen > 0 && (
          <button type="button" className="tele-filter-clear" aria-label={`Clear ${title}`} onClick={onClear}>
            Clear
          </button>
        )}
      </div>
      {isOpen && children}
    </section>
  )
}
