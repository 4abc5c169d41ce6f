import { useId, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'
import { nextIndex } from '../../utils/run/nextIndex'
import './Tabs.css'

export interface Tab<T extends string> {
  readonly id: T
  readonly title: string
}

/** Tabs by the ARIA practices: one tab stop, arrows, Home and End choose. The panel of the chosen one is `children`. */
export function Tabs<T extends string>(props: {
  readonly label: string
  readonly tabs: readonly Tab<T>[]
  readonly value: T
  readonly onValue: (tab: T) => void
  readonly children: ReactNode
}): ReactElement {
  const { label, tabs, value, onValue, children } = props
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextIndex(
      event.key,
      tabs.findIndex((tab) => tab.id === value),
      tabs.length,
    )
    const tab = next === undefined ? undefined : tabs[next]
    if (!tab || next === undefined) return
    event.preventDefault()
    onValue(tab.id)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }
  return (
    <div className="tele-tabs">
      <div ref={list} role="tablist" aria-label={label}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            aria-selected={tab.id === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === value ? 0 : -1}
            onClick={() => onValue(tab.id)}
            onKeyDown={onKeyDown}
          >
            {tab.title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`}>
        {children}
      </div>
    </div>
  )
}
