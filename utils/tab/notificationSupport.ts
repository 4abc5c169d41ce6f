/** Whether this browser may notify here; `insecure`: a page by plain http from another machine has no notifications. */
export type NotificationSupport = 'granted' | 'denied' | 'ask' | 'insecure' | 'missing'

export function notificationSupport(): NotificationSupport {
  if (!globalThis.isSecureContext) return 'insecure'
  if (!('Notification' in globalThis)) return 'missing'
  const { permission } = Notification
  return permission === 'default' ? 'ask' : permission
}
