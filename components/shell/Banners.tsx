import { useState, type ReactElement } from 'react'
import { useSimulator, useUnsaved } from '../../utils/hooks'
import { RoomOffer } from '../files/RoomOffer'
import { Dialog } from '../ui/Dialog'
import { Glyph } from '../ui/Glyph'
import './Banners.css'

/** Says all the time that what is shown is simulated. Cannot be closed. */
export function SimulationBanner(): ReactElement | null {
  const { isSimulated, menu, choose } = useSimulator()
  const [isAsking, setAsking] = useState(false)
  if (!isSimulated) return null
  return (
    <section className="tele-simulated" aria-label="Simulation">
      <p>
        <Glyph name="simulated" />
        <span>Simulated data.{menu?.sought === undefined ? '' : ` No ComfyUI at ${menu.sought}.`}</span>
      </p>
      {menu && (
        <label>
          <span>Scenario</span>
          <select
            aria-label="Scenario"
            value={menu.scenario}
            onChange={(event) => choose(event.target.value)}
          >
            {menu.scenarios.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="button" className="tele-button" onClick={() => setAsking(true)}>
        Connect…
      </button>
      {isAsking && <ConnectDialog onClose={() => setAsking(false)} />}
    </section>
  )
}

function ConnectDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  return (
    <Dialog title="Connect to your ComfyUI" onClose={onClose}>
      <ol className="tele-steps">
        <li>
          Put the telemetry node into your ComfyUI: <code>npm run install-node -- --comfyui DIR</code>, DIR
          being the folder with main.py.
        </li>
        <li>Start ComfyUI, or start it again if it was running.</li>
        <li>
          Stop this dashboard (Ctrl+C) and start it again: <code>npm start</code>, or{' '}
          <code>npm start -- --comfyui http://gpu-box:8188</code> for one on another machine.
        </li>
      </ol>
      <p>
        The node also serves this dashboard by itself, at /telemetry/ui/ of your ComfyUI. Simulated runs stay
        in a history of their own.
      </p>
    </Dialog>
  )
}

/** Says why nothing is saved, or nothing of one server, the moment it is so. */
export function StorageBanner(): ReactElement | null {
  const unsaved = useUnsaved()
  if (unsaved.length === 0) return null
  return (
    <section className="tele-banner" role="alert">
      {unsaved.map(({ name, reason }) => (
        <p key={name ?? ''}>
          <Glyph name="limited" />
          <span>
            {reason.includes('Nothing is being saved')
              ? ''
              : `Nothing ${name === undefined ? '' : `of ${name} `}is being saved: `}
            {reason} The live view works on.
          </span>
        </p>
      ))}
      {unsaved.some(({ isFull }) => isFull) && <RoomOffer />}
    </section>
  )
}
