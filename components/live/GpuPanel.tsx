import { Suspense, useState, type ReactElement } from 'react'
import type { GpuReading, LiveState } from '../../types'
import { formatFree, speakFree } from '../../utils/format/formatBytes'
import { THIN } from '../../utils/format/thin'
import { useLive, useServerName } from '../../utils/hooks'
import { unheardSince } from '../../utils/live/unheardSince'
import { CardTitle } from '../ui/CardTitle'
import { lazyPart } from '../ui/lazyPart'
import { PulsingValue } from '../ui/PulsingValue'
import { AsOf } from './AsOf'
import './GpuPanel.css'

const GpuTraceChart = lazyPart(() => import('./GpuTraceChart'))

/** The GPUs of the server as they are now, with the last 10 minutes of one. Says so when it isn't measured. */
export function GpuPanel({ isFolded = false }: { readonly isFolded?: boolean }): ReactElement {
  const gpus = useLive(gpusOf, 250)
  const server = useServerName()
  const [chosen, setChosen] = useState<number>()
  const [isUnfolded, setUnfolded] = useState(false)
  const isSaved = useLive((state) => state.connection.status === 'static')
  const main = gpus.find(({ index }) => index === chosen) ?? gpus[0]
  return (
    <section className="tele-card tele-gpu" aria-labelledby="tele-gpu-title">
      <CardTitle level={2} id="tele-gpu-title">
        {server === undefined ? 'GPU' : `GPU of ${server}`}
      </CardTitle>
      {!main && (
        <p className="tele-muted">
          {isSaved
            ? 'Not measured: no server answers. A scene’s saved figures are in its details.'
            : 'Not measured. ComfyUI runs on the CPU, or the telemetry node finds no driver it can ask.'}
        </p>
      )}
      {gpus.map((gpu) => (
        <GpuFigures key={gpu.index} gpu={gpu} />
      ))}
      {gpus.length > 1 && main && (
        <label className="tele-field">
          Trace of{' '}
          <select value={main.index} onChange={(event) => setChosen(Number(event.target.value))}>
            {gpus.map(({ index, name }) => (
              <option key={index} value={index}>
                GPU {index} {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {main && isFolded && (
        <details className="tele-fold" onToggle={(event) => setUnfolded(event.currentTarget.open)}>
          <summary>Last 10 minutes</summary>
          {isUnfolded && <Trace gpu={main} />}
        </details>
      )}
      {main && !isFolded && <Trace gpu={main} />}
    </section>
  )
}

function Trace({ gpu }: { readonly gpu: GpuReading }): ReactElement {
  return (
    <Suspense fallback={<div className="tele-trace-place" />}>
      <GpuTraceChart gpu={gpu} />
    </Suspense>
  )
}

const gpusOf = (state: LiveState): readonly GpuReading[] => state.gpus

function GpuFigures({ gpu }: { readonly gpu: GpuReading }): ReactElement {
  const { index, name, vramFree, vramTotal, utilization, temperature, power } = gpu
  const unheard = useLive(unheardSince)
  const rest: readonly (readonly [string, string | undefined])[] = [
    ['busy', utilization === undefined ? undefined : `${Math.round(utilization)}${THIN}%`],
    ['temperature', temperature === undefined ? undefined : `${Math.round(temperature)}${THIN}°C`],
    ['power', power === undefined ? undefined : `${Math.round(power)}${THIN}W`],
  ]
  return (
    <div className="tele-gpu-figures">
      <p className="tele-muted">
        GPU {index}
        {name === undefined ? '' : ` · ${name}`}
        {unheard !== undefined && (
          <>
            {' '}
            · <AsOf since={unheard} />
          </>
        )}
      </p>
      <p className="tele-gpu-free">
        {vramFree === undefined ? (
          <span className="tele-muted">free VRAM not measured</span>
        ) : (
          <span
            role="img"
            aria-label={`Free VRAM: ${speakFree(vramFree, vramTotal)}, ${unheard === undefined ? 'live' : 'not live any more'}`}
          >
            <PulsingValue text={formatFree(vramFree, vramTotal)} />
          </span>
        )}
      </p>
      <dl className="tele-gpu-rest">
        {rest.map(([label, value]) => (
          <div key={label}>
            {/* °C and W say what they are. */}
            <dt className={value !== undefined && label !== 'busy' ? 'tele-unseen' : undefined}>{label}</dt>
            <dd>
              {value === undefined ? (
                <span className="tele-muted">not measured</span>
              ) : (
                <span className="tele-figure">{value}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
