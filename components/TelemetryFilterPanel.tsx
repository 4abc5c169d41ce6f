import type { ReactElement } from 'react'
import type { Facets, TelemetryFilter } from '../types'
import { choicesOf, toggleValue } from '../utils/filter/choices'
import { FILTER_LISTS, valueLabel, type FilterListInfo } from '../utils/filter/filterLists'
import { readFieldText, writeFieldText } from '../utils/filter/fieldText'
import { useNow, useSourceLabels, useSteadyOrder, useTelemetryFilter } from '../utils/hooks'
import { BoundField } from './filter/BoundField'
import { DateRangeField } from './filter/DateRangeField'
import { DurationRange } from './filter/DurationRange'
import { FilterChips } from './filter/FilterChips'
import { FilterList, type FilterListValue } from './filter/FilterList'
import { FilterSection } from './filter/FilterSection'
import { TermField } from './filter/TermField'
import './TelemetryFilterPanel.css'

export interface TelemetryFilterPanelProps {
  /** Normalized, as the filter service and `useTelemetryFilter` give it. */
  readonly value: TelemetryFilter
  readonly onChange: (filter: TelemetryFilter) => void
  /** Null while they are on their way. */
  readonly facets: Facets | null
  /** What relative dates are relative to, epoch ms. */
  readonly now: number
  /** Names of servers by their source. */
  readonly sources?: ReadonlyMap<string, string> | null
  /** Shows what is asked for as chips on top; for who shows them elsewhere, false. */
  readonly hasChips?: boolean
}

/** Everything a filter can ask for, with what each choice would leave. */
export function TelemetryFilterPanel(props: TelemetryFilterPanelProps): ReactElement {
  const { value, onChange, facets, now, hasChips = true } = props
  const { dateRange = ANY, duration = ANY, attempts = ANY } = value
  const put = (change: Partial<TelemetryFilter>): void => onChange({ ...value, ...change })
  return (
    <div className="tele tele-filter-panel" role="group" aria-label="Filters">
      {hasChips && <FilterChips value={value} onChange={onChange} />}
      <FilterSection title="Date" chosen={sizeOf(dateRange)} isOpen onClear={() => put({ dateRange: {} })}>
        <DateRangeField value={dateRange} now={now} onChange={(range) => put({ dateRange: range })} />
      </FilterSection>
      <ListSection {...props} list={STATUS} />
      <FilterSection
        title="Scene"
        chosen={readFieldText(value, 'scene') === '' ? 0 : 1}
        isOpen
        onClear={() => onChange(writeFieldText(value, 'scene', '') ?? value)}
      >
        <TermField field="scene" label="Scene id" placeholder="scene-00*" value={value} onChange={onChange} />
      </FilterSection>
      <FilterSection title="Duration" chosen={sizeOf(duration)} isOpen onClear={() => put({ duration: {} })}>
        <DurationRange
          value={duration}
          bars={facets?.duration ?? NO_BARS}
          onChange={(range) => put({ duration: range })}
        />
      </FilterSection>
      {OTHER_LISTS.map((list) => (
        <ListSection key={list.field} {...props} list={list} />
      ))}
      <FilterSection
        title="Attempts"
        chosen={sizeOf(attempts)}
        isOpen={false}
        onClear={() => put({ attempts: {} })}
      >
        <Attempts value={attempts} onChange={(range) => put({ attempts: range })} />
      </FilterSection>
    </div>
  )
}

export default TelemetryFilterPanel

/** The panel over the telemetry's own filter. */
export function ConnectedTelemetryFilterPanel(): ReactElement {
  const { filter, setFilter, facets } = useTelemetryFilter()
  const now = useNow(60_000)
  return (
    <TelemetryFilterPanel
      value={filter}
      onChange={setFilter}
      facets={facets}
      now={now}
      sources={useSourceLabels()}
    />
  )
}

const [STATUS, ...OTHER_LISTS] = FILTER_LISTS
const ANY = {}
const NO_CHOICES: ReturnType<typeof choicesOf> = new Map()
const NO_BARS: Facets['duration'] = []

function ListSection(
  props: TelemetryFilterPanelProps & { readonly list: FilterListInfo | undefined },
): ReactElement | null {
  const { value, onChange, facets, sources = null, list } = props
  const counts = new Map(list && facets?.[list.facet].map((each) => [each.value, each.count]))
  const choices = list ? choicesOf(value, list.field) : NO_CHOICES
  const found = [...new Set([...(list?.values ?? []), ...counts.keys()])]
  // Counts that come in move nothing that somebody is about to tap.
  const steady = useSteadyOrder(facets ? found : undefined) ?? found
  // What no run has is there as long as it is asked for: half-typed words are asked for too.
  const shown = [...new Set([...steady, ...choices.keys()])]
  if (!list) return null
  const { field, title, finds, isUsual } = list
  const values: readonly FilterListValue[] = shown.map((each) => ({
    value: each,
    label: valueLabel(field, each, sources),
    count: facets ? (counts.get(each) ?? 0) : undefined,
  }))
  // A field that no run has is no choice.
  if (facets && values.length === 0) return null
  return (
    <FilterSection
      title={title}
      chosen={choices.size}
      isOpen={isUsual}
      onClear={() => onChange(writeFieldless(value, field, choices))}
    >
      {finds !== undefined && <p className="tele-muted tele-filter-finds">{finds}</p>}
      <FilterList
        title={title}
        values={values}
        choices={choices}
        onToggle={(each, choice) => onChange(toggleValue(value, field, each, choice))}
      />
    </FilterSection>
  )
}

/** Without any choice of this field. */
function writeFieldless(
  filter: TelemetryFilter,
  field: FilterListInfo['field'],
  choices: ReturnType<typeof choicesOf>,
): TelemetryFilter {
  return [...choices].reduce((rest, [value, choice]) => toggleValue(rest, field, value, choice), filter)
}

function Attempts(props: {
  readonly value: NonNullable<TelemetryFilter['attempts']>
  readonly onChange: (range: NonNullable<TelemetryFilter['attempts']>) => void
}): ReactElement {
  const { value, onChange } = props
  return (
    <div className="tele-filter-pair">
      {(['min', 'max'] as const).map((bound) => (
        <BoundField
          key={bound}
          label={bound === 'min' ? 'Attempts, at least' : 'Attempts, at most'}
          placeholder={bound === 'min' ? '2' : '3'}
          expected="A whole number such as 2."
          value={value[bound]}
          read={readCount}
          write={String}
          onChange={(next) => onChange(withBound(value, bound, next))}
        />
      ))}
    </div>
  )
}

function withBound(
  value: NonNullable<TelemetryFilter['attempts']>,
  bound: 'min' | 'max',
  next: number | undefined,
): NonNullable<TelemetryFilter['attempts']> {
  const { [bound]: _, ...rest } = value
  return next === undefined ? rest : { ...rest, [bound]: next }
}

const readCount = (text: string): number | undefined =>
  /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined
const sizeOf = (range: object): number => Object.keys(range).length
