import { useCallback, useState } from 'react'

/** What a legend has switched off, by id. */
export function useHiddenParts(): {
  readonly hidden: ReadonlySet<string>
  readonly toggle: (id: string) => void
} {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set())
  const toggle = useCallback((id: string) => {
    setHidden((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }, [])
  return { hidden, toggle }
}
