import { useCallback, useMemo } from 'react'
import { isColumnId, USUAL_COLUMNS, type ColumnId } from '../history/runColumns'
import { useRememberedText } from './usePreference'

/** The columns of the table of runs, as this browser remembers them. */
export function useColumns(): readonly [readonly ColumnId[], (columns: readonly ColumnId[]) => void] {
  const [stored, remember] = useRememberedText('columns')
  const columns = useMemo(() => {
    const known = stored?.split(',').filter(isColumnId) ?? []
    return known.length === 0 ? USUAL_COLUMNS : known
  }, [stored])
  const choose = useCallback((next: readonly ColumnId[]) => remember(next.join(',')), [remember])
  return [columns, choose]
}
