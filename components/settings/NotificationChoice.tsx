import type { ReactElement } from 'react'
import { useNotificationChoice } from '../../utils/hooks'

const WORDS = {
  ask: 'The browser asks for your permission first.',
  granted: 'Nothing is told while you look at this page. Of several tabs one tells it.',
  denied:
    'This browser was told to let this page notify nobody. Allow notifications for it beside the address, then come back here.',
  insecure:
    'Notifications need https or localhost, and this page came by plain http. The tab’s title and icon tell the same.',
  missing: 'This browser has no notifications for pages. The tab’s title and icon tell the same.',
} as const

/** Turns notifications on, which asks the browser's permission, or says why there are none. */
export function NotificationChoice(): ReactElement {
  const { isOn, support, choose } = useNotificationChoice()
  const isPossible = support === 'ask' || support === 'granted'
  return (
    <fieldset className="tele-radios">
      <legend>Notifications</legend>
      <label className="tele-sentence">
        <input
          type="checkbox"
          checked={isOn}
          disabled={!isPossible}
          aria-describedby="tele-notifications-words"
          onChange={(event) => choose(event.target.checked)}
        />
        Tell me when a run ends or a scene fails while I look elsewhere
      </label>
      <p id="tele-notifications-words" className="tele-muted">
        {WORDS[support]}
      </p>
    </fieldset>
  )
}
