import { useId, useState, type CSSProperties, type ReactElement, type ReactNode } from 'react'
import type { ChartTable as Table, ChartWords, LegendItem } from '../../utils/charts/chartTypes'
import type { PickValue } from '../filter/FilterValue'
import { Glyph } from '../ui/Glyph'
import { ChartLegend } from './ChartLegend'
import { ChartTable } from './ChartTable'
import { ExportButtons } from './ExportButtons'
import { useWidth } from './useWidth'

interface ChartCardProps {
  readonly words: ChartWords
  readonly filterText: string | undefined
  readonly isSimulated: boolean | undefined
  /** Instead of a drawing, where there is nothing to draw. */
  readonly empty?: string | undefined
  readonly legend: readonly LegendItem[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  readonly onFilterValue: PickValue | undefined
  /** Asked only when it is shown. */
  readonly table: () => Table
  /** What the chart is of; stays where there is nothing to draw, for another choice may have something. */
  readonly choice?: ReactNode
  /** Buttons of this kind of chart, before the common ones. */
  readonly tools?: ReactNode
  readonly height: number
  readonly plot: (width: number) => ReactElement
}

/** What every chart has around its drawing: caption, tools, legend, notes, and the table in its place. */
export function ChartCard(given: ChartCardProps): ReactElement {
  const { filterText, empty } = given
  const words = filterText ? { ...given.words, notes: [...given.words.notes, WHOLE_RUNS] } : given.words
  const summary = [words.summary, ...(filterText ? [filterText] : [])].join(' · ')
  const props = { ...given, words }
  return (
    <figure className="tele tele-chart" aria-label={words.spoken}>
      <figcaption className="tele-chart-head">
        <p className="tele-chart-title">
          {props.isSimulated && <Simulated />}
          {words.title}
        </p>
        <p className="tele-chart-summary" title={summary}>
          {summary}
        </p>
      </figcaption>
      {empty === undefined ? (
        <ChartBody {...props} />
      ) : (
        <>
          <div className="tele-chart-tools">{props.choice}</div>
          <div className="tele-chart-legend" />
          <p className="tele-chart-empty" style={{ minBlockSize: props.height }}>
            {empty}
          </p>
        </>
      )}
      <ChartNotes text={words.notes.join(' · ')} />
    </figure>
  )
}

/** What asks for failed scenes finds runs, and these have completed scenes as well. */
const WHOLE_RUNS = 'of all scenes of the runs that match'

function ChartBody(props: ChartCardProps): ReactElement {
  const [isTable, setTable] = useState(false)
  const plotId = useId()
  const { ref, width } = useWidth<HTMLDivElement>()
  return (
    <>
      <div className="tele-chart-tools">
        {props.choice}
        {props.tools}
        <button
          type="button"
          className="tele-button tele-button-quiet"
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          Table
        </button>
        <ExportButtons {...props} plotId={plotId} />
      </div>
      <ChartLegend
        items={props.legend}
        hidden={props.hidden}
        onToggle={props.onToggle}
        onFilterValue={props.onFilterValue}
      />
      <div ref={ref} className="tele-chart-place" style={placeStyle(props.height)}>
        {isTable && <ChartTable table={props.table()} caption={props.words.title} />}
        {/* It stays, for the exports draw it. */}
        <div id={plotId} hidden={isTable}>
          {width !== undefined && props.plot(width)}
        </div>
      </div>
    </>
  )
}

const placeStyle = (height: number): CSSProperties & Record<`--${string}`, string> => ({
  minBlockSize: height,
  '--tele-chart-place': `${height}px`,
})

/** One line, whole while it is pointed at or has the focus. */
function ChartNotes({ text }: { readonly text: string }): ReactElement {
  return (
    <div className="tele-chart-notes">
      {text !== '' && (
        // What is cut off must be reached without a pointer.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <p tabIndex={0}>{text}</p>
      )}
    </div>
  )
}

function Simulated(): ReactElement {
  return (
    <>
      <Glyph name="simulated" />
      <span className="tele-unseen">Simulated: </span>
    </>
  )
}
