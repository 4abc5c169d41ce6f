import { useId, type ReactElement } from 'react'
import type { Estimate } from '../types'
import { describeEstimate } from '../utils/comparison/describeEstimate'
import { whole } from '../utils/format/formatCount'
import { sceneName } from '../utils/format/sceneName'
import { useSceneTrend } from '../utils/hooks'
import { TrendGlyph } from './ui/TrendMark'
import './theme/tokens.css'
import './theme/parts.css'
import './SceneTrendIndicator.css'

export interface SceneTrendIndicatorProps {
  readonly sceneId: string
  /** Undefined: no earlier scene is like it. Null: not known yet, its place is kept. */
  readonly value: Estimate | undefined | null
}

/** How a scene took against earlier ones like it, 20 px high, for a timeline of scenes: shape, ratio and n; the sentence on demand. */
export function SceneTrendIndicator({ sceneId, value }: SceneTrendIndicatorProps): ReactElement {
  const tip = useId()
  if (value === null) return <span className="tele tele-scene-trend" aria-hidden="true" />
  const { shape, size, word, sentence } = describeEstimate(value, 'duration', 'scene')
  const isDirected = shape === 'worse' || shape === 'better'
  const said = `${sceneName(sceneId)}: ${sentence.replace(/^[^:]+: /, '').replace(': ', ', ')}`
  return (
    <span className="tele tele-scene-trend">
      <button type="button" aria-label={said} aria-describedby={tip}>
        <TrendGlyph shape={shape} />
        {size !== undefined && (
          <span className="tele-figure" data-text={isDirected ? `${size} ${word}` : size.replace(':', '')} />
        )}
        {value && <span className="tele-muted" data-text={`n ${whole(value.n)}`} />}
      </button>
      <span role="tooltip" id={tip} className="tele-scene-trend-tip">
        {said}
      </span>
    </span>
  )
}
/** Hosts import it either way. @public */
export default SceneTrendIndicator

/** The same of a scene of a saved run. Below a `<SceneTrends>` a whole timeline of them asks once. */
export function ConnectedSceneTrendIndicator(props: {
  readonly runId: string
  readonly sceneId: string
}): ReactElement {
  const value = useSceneTrend(props.runId, props.sceneId)
  return <SceneTrendIndicator sceneId={props.sceneId} value={value} />
}
