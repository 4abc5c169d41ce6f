import { useEffect, useState } from 'react'

/**
 * A value as it stood when it had been ready and unchanged for `quietMs`; from then on for good, whatever comes later. Null before,
 * and as long as somebody pressed a key or a button first: what comes in after that would move what is being used.
 */
export function useSettled<T>(value: T | null, isReady: boolean, quietMs: number): T | null {
  const [settled, setSettled] = useState<{ readonly value: T | null } | null>(null)
  const isOpen = settled === null
  useEffect(() => {
    if (!isOpen) return
    const close = (): void => setSettled({ value: null })
    addEventListener('pointerdown', close)
    addEventListener('keydown', close)
    return () => {
      removeEventListener('pointerdown', close)
      removeEventListener('keydown', close)
    }
  }, [isOpen])
  useEffect(() => {
    if (!isOpen || !isReady) return
    const timer = setTimeout(() => setSettled({ value }), quietMs)
    return () => clearTimeout(timer)
  }, [isOpen, isReady, value, quietMs])
  return settled?.value ?? null
}
