import { useCallback, useSyncExternalStore } from 'react'
import { createListeners } from '../../services/shared/createStore'
import { notificationSupport, type NotificationSupport } from '../tab/notificationSupport'
import { usePreference } from './usePreference'

/**
 * Whether this browser notifies, and may. `choose(true)` asks the browser for its permission if it was never asked; call it from a
 * click. A refusal leaves the choice off.
 */
export function useNotificationChoice(): {
  readonly isOn: boolean
  readonly support: NotificationSupport
  choose(on: boolean): void
} {
  const [choice, setChoice] = useNotificationPreference()
  const support = useSyncExternalStore(subscribe, notificationSupport)
  const choose = useCallback(
    (on: boolean) => {
      if (!on || notificationSupport() !== 'ask') return setChoice(on ? 'on' : 'off')
      void Notification.requestPermission().then((answer) => {
        setChoice(answer === 'granted' ? 'on' : 'off')
        listeners.emit()
      })
    },
    [setChoice],
  )
  return { isOn: choice === 'on' && support === 'granted', support, choose }
}

/** What was chosen, whether or not the browser still allows it: asking the browser takes milliseconds, too long for every render. */
export const useNotificationPreference = () => usePreference('notifications', ['off', 'on'])

const listeners = createListeners<[]>()

/** The browser tells nobody that a permission was changed in its settings; who does that comes back to the page. */
function subscribe(listener: () => void): () => void {
  const remove = listeners.add(listener)
  addEventListener('focus', listener)
  return () => {
    remove()
    removeEventListener('focus', listener)
  }
}
