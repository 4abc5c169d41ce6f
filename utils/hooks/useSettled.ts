import { useEffect, useState } from 'react'

/**
 * A value as it stood when it had been ready and the same for `quietMs`, by content; from then on for good, whatever comes later.
 * Null before. Null for good when somebody pressed a key or a button first: what comes in after that would move what is being used.
 */
export function useSettled<T>(value: T | null, isReady: boolean, quietMs: number): T | null {
  const [settled, setSettled] = useState<{ readonly value: T | null } | null>(null)
  const isOpen = settled === null
  const content = JSON.stringify(value)
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
    const timer = setTimeout(() => {
      const same: T | null = JSON.parse(content)
      setSettled({ value: same })
    }, quietMs)
    return () => clearTimeout(timer)
  }, [isOpen, isReady, content, quietMs])
  return settled?.value ?? null
}
