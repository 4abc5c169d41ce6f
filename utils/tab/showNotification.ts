import type { NotificationWords } from './notificationOf'
import { notificationSupport } from './notificationSupport'

/** Of all tabs of this origin one notification is shown: a later one takes its place. */
const TAG = 'gemdirect1-telemetry'

/**
 * Shows a notification; a click on it brings this tab to the front and goes to what it speaks of. Without permission, or where only
 * service workers may notify (Android), nothing happens: the tab's title tells it too.
 */
export function showNotification({ title, body, href }: NotificationWords): void {
  if (notificationSupport() !== 'granted') return
  try {
    const notification = new Notification(title, { body, tag: TAG })
    notification.onclick = () => {
      window.focus()
      location.hash = href
      notification.close()
    }
  } catch {
    // Android: "Illegal constructor".
  }
}
