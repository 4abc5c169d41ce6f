import type { ReactElement } from 'react'

/** How runs come here. */
export function CompareEmpty(): ReactElement {
  return (
    <section className="tele-card tele-empty">
      <h2>Nothing to compare yet</h2>
      <p>
        Select two or more runs in the <a href="#/history">History</a> and press <kbd>c</kbd> or Compare.
        Compare on a run’s page sets it against the earlier runs that are like it.
      </p>
    </section>
  )
}
