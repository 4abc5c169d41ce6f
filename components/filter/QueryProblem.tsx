import type { ReactElement } from 'react'
import type { QueryError } from '../../types'

/** Characters shown around the place. */
const AROUND = 24

/** Why a query cannot be read, and the place in it. */
export function QueryProblem(props: {
  readonly id: string
  readonly query: string
  readonly error: QueryError
}): ReactElement {
  const { id, query, error } = props
  const end = error.position + Math.max(1, error.length)
  const from = Math.max(0, error.position - AROUND)
  const rest = query.slice(end, end + AROUND)
  return (
    <p id={id} role="status" className="tele-query-problem">
      <span>{error.message}</span>
      <code aria-hidden="true">
        {from > 0 && '…'}
        {query.slice(from, error.position)}
        <mark>{query.slice(error.position, Math.min(end, error.position + 2 * AROUND)) || ' '}</mark>
        {rest}
        {query.length > end + AROUND && '…'}
      </code>
    </p>
  )
}
