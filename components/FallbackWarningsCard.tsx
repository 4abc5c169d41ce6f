import { useId, type ReactElement } from 'react'
import { fallbackWarnings, type FallbackWarning } from '../utils/format/fallbackWarnings'
import { earlierHref } from '../utils/comparison/earlierQuery'
import { runHref, useEarlier, useIsSimulated, useNow } from '../utils/hooks'
import { EarlierRunList, type EarlierOccurrences } from './comparison/EarlierRunList'
import { Glyph, type GlyphName } from './ui/Glyph'
import { PlainTitle } from './ui/PlainTitle'
import './theme/tokens.css'
import './theme/parts.css'
import './FallbackWarningsCard.css'

export interface FallbackWarningsCardProps {
  readonly exitReason?: string | null
  readonly executionSuccessDetected?: boolean
  readonly postExecutionTimeoutReached?: boolean
  readonly title?: string
  /** Earlier runs that ended in the same way; `hrefOfRun` leads to a run’s page, by default the dashboard’s. */
  readonly earlier?: EarlierOccurrences
  readonly hrefOfRun?: (runId: string) => string
  readonly isSimulated?: boolean
}

/** What a scene fell back on, in sentences with what to do, and when the same happened before. */
export function FallbackWarningsCard(props: FallbackWarningsCardProps): ReactElement {
  const { exitReason, executionSuccessDetected, postExecutionTimeoutReached, earlier, isSimulated } = props
  const { title = 'Fallback Warnings & Diagnostics', hrefOfRun = runHref } = props
  const titleId = useId()
  const now = useNow(60_000)
  const warnings = fallbackWarnings(exitReason, postExecutionTimeoutReached)
  return (
    <section className="tele tele-fallbacks" aria-labelledby={titleId}>
      <PlainTitle level={3} id={titleId} isSimulated={isSimulated}>
        {title}
      </PlainTitle>
      {warnings.length === 0 &&
        (executionSuccessDetected ? (
          <div className="tele-fallback">
            <Glyph name="completed" />
            <div>
              <p className="tele-fallback-title">Execution Success Detected</p>
              <p>No fallback mechanisms were required</p>
            </div>
          </div>
        ) : (
          <p className="tele-muted">No fallback warnings or diagnostics available</p>
        ))}
      {warnings.length > 0 && (
        <ul>
          {warnings.map((warning) => (
            <Warning key={warning.title} warning={warning} reason={exitReason} />
          ))}
        </ul>
      )}
      {warnings.length > 0 && earlier && <EarlierRunList earlier={earlier} now={now} hrefOf={hrefOfRun} />}
    </section>
  )
}
/** Hosts import it either way. @public */
export default FallbackWarningsCard

/** The same with the earlier runs of the history; `before` (epoch ms) leaves out the run itself and later ones. */
export function ConnectedFallbackWarningsCard(
  props: Omit<FallbackWarningsCardProps, 'earlier' | 'isSimulated'> & { readonly before?: number },
): ReactElement {
  const { before, ...rest } = props
  const reason = props.exitReason ?? (props.postExecutionTimeoutReached ? 'postExecution' : undefined)
  const kind = reason === undefined || reason === 'success' ? undefined : { reason }
  const earlier = useEarlier(kind, before)
  return (
    <FallbackWarningsCard
      {...rest}
      {...(earlier && kind ? { earlier: { ...earlier, href: earlierHref(kind) } } : {})}
      isSimulated={useIsSimulated()}
    />
  )
}

const GLYPHS: Readonly<Record<FallbackWarning['severity'], GlyphName>> = {
  error: 'failed',
  warning: 'limited',
  info: 'none',
}

function Warning(props: {
  readonly warning: FallbackWarning
  readonly reason: string | null | undefined
}): ReactElement {
  const { severity, title, sentence, advice } = props.warning
  return (
    <li className="tele-fallback">
      <Glyph name={GLYPHS[severity]} />
      <div>
        <p className="tele-fallback-title">
          {title} <span className="tele-muted">{severity}</span>
        </p>
        <p>
          {sentence} {advice}
        </p>
        {props.reason && (
          <p className="tele-muted tele-fallback-reason">
            Exit reason: <code>{props.reason}</code>
          </p>
        )}
      </div>
    </li>
  )
}
