import { useEffect, useState } from 'react'

/** Whether something has been so for `ms` without a break; another `of` begins anew. */
export function useDelayed(isSo: boolean, ms: number, of?: string): boolean {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (!isSo) return
    const timer = setTimeout(() => setLong(true), ms)
    return () => {
      clearTimeout(timer)
      setLong(false)
    }
  }, [isSo, ms, of])
  return isSo && isLong
}
