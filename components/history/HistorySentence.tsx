import type { ReactElement } from 'react'
import type { TelemetryFilter } from '../../types'
import { whole } from '../../utils/format/formatCount'
import { countWords, figureParts } from '../../utils/history/historySentence'
import { useFigures } from '../../utils/hooks'
import { TrendGlyph } from '../ui/TrendMark'

/** `312 of 4,120 runs · 92 % success · median 1 m 20 s · slower since 12 Nov`, each with what it rests on for hover. */
export function HistorySentence(props: {
  readonly filter: TelemetryFilter
  readonly total: number
  /** Undefined: nothing is filtered. */
  readonly unfiltered: number | undefined
  /** What the table is of: the figures are of the same runs. */
  readonly asOf: number | undefined
  /** Rows that the table can show. */
  readonly most: number
}): ReactElement {
  const { filter, total, unfiltered, asOf, most } = props
  const { statistics, trend } = useFigures(filter, total > 0, asOf)
  const parts = statistics ? figureParts(statistics, trend ?? undefined) : []
  return (
    <>
      <p className="tele-history-sentence tele-figure">
        <span>{countWords(total, unfiltered)}</span>
        {parts.map(({ text, basis, shape }) => (
          <span key={text} title={basis}>
            {shape && <TrendGlyph shape={shape} />}
            {text}
          </span>
        ))}
      </p>
      {total > most && (
        <p className="tele-muted">{`First ${whole(most)} of ${whole(total)} matches. Narrow the filter.`}</p>
      )}
    </>
  )
}
