import { useCallback, useSyncExternalStore } from 'react'
import { createListeners } from '../../services/shared/createStore'
import { readLocalText, writeLocalText } from '../../services/shared/localText'

const listeners = createListeners<[]>()

/**
 * A remembered choice of this browser, one of `choices` (the first is the default). Where localStorage is denied it lasts as long
 * as the page.
 */
export function usePreference<T extends string>(
  name: string,
  choices: readonly [T, ...T[]],
): readonly [T, (choice: T) => void] {
  const [stored, set] = useRememberedText(name)
  return [choices.find((choice) => choice === stored) ?? choices[0], set]
}

/** A remembered text of this browser; null when there is none. Whoever reads it checks it. */
export function useRememberedText(name: string): readonly [string | null, (text: string) => void] {
  const stored = useSyncExternalStore(subscribe, () => read(name))
  const set = useCallback((text: string) => write(name, text), [name])
  return [stored, set]
}

const memory = new Map<string, string>()

const read = (name: string): string | null => memory.get(name) ?? readLocalText(name)

function write(name: string, choice: string): void {
  memory.set(name, choice)
  writeLocalText(name, choice)
  listeners.emit()
}

const subscribe = (listener: () => void): (() => void) => listeners.add(listener)
