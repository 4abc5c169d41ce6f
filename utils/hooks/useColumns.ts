import { useCallback, useMemo } from 'react'
import { isColumnId, type ColumnId } from '../history/runColumns'
import { useRememberedText } from './usePreference'

/** The columns of the table of runs, as this browser remembers them; undefined where nobody has chosen any. */
export function useColumns(): readonly [
  readonly ColumnId[] | undefined,
  (columns: readonly ColumnId[]) => void,
] {
  const [stored, remember] = useRememberedText('columns')
  const columns = useMemo(() => {
    const known = stored?.split(',').filter(isColumnId) ?? []
    return known.length === 0 ? undefined : known
  }, [stored])
  const choose = useCallback((next: readonly ColumnId[]) => remember(next.join(',')), [remember])
  return [columns, choose]
}
