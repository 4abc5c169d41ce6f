import type { ReactElement } from 'react'

export function BackToHistory(): ReactElement {
  return (
    <p>
      <a href="#/history">← History</a>
    </p>
  )
}
