import type { ReactElement } from 'react'
import type { TelemetryFilter } from '../../types'
import { meantValues } from '../../utils/filter/meantValues'
import { unknownValue } from '../../utils/filter/unknownValue'
import { count, whole } from '../../utils/format/formatCount'
import { useFacets, useMostRemoving, useSourceLabels } from '../../utils/hooks'

interface HintProps {
  readonly filter: TelemetryFilter
  readonly onChange: (filter: TelemetryFilter) => void
}

/** Of a filter that nothing matches: what may have been meant, which part of it keeps most runs away, and ways to change it. */
export function NoMatchHint(props: HintProps): ReactElement {
  return (
    <>
      <MeantValues {...props} />
      <NearValues {...props} />
      <MostRemoving {...props} />
    </>
  )
}

function MeantValues({ filter, onChange }: HintProps): ReactElement | null {
  const meant = meantValues(filter)
  if (meant.length === 0) return null
  return (
    <>
      <p>Words are sought in names, notes, tags and errors. For how scenes ended ask</p>
      {meant.map(({ label, filter: instead }) => (
        <button key={label} type="button" className="tele-button" onClick={() => onChange(instead)}>
          {label}
        </button>
      ))}
    </>
  )
}

function NearValues({ filter, onChange }: HintProps): ReactElement | null {
  const facets = useFacets(NO_FILTER)
  const sources = useSourceLabels()
  const unknown = facets && unknownValue(filter, facets, sources)
  if (!unknown) return null
  return (
    <>
      <p>{unknown.sentence} Did you mean</p>
      {unknown.near.map(({ label, filter: instead }) => (
        <button key={label} type="button" className="tele-button" onClick={() => onChange(instead)}>
          {label}
        </button>
      ))}
    </>
  )
}

const NO_FILTER: TelemetryFilter = {}

function MostRemoving({ filter, onChange }: HintProps): ReactElement | null {
  const removing = useMostRemoving(filter)
  if (removing === undefined) return null
  if (removing === null) return <p>Each part of the filter alone leaves nothing.</p>
  const { chip, runs } = removing
  return (
    <>
      <p title={`${chip.text}; without it ${count(runs, 'run')}`}>
        <code>{chip.name}</code> alone removes {whole(runs)}.
      </p>
      <button type="button" className="tele-button" onClick={() => onChange(chip.without)}>
        Remove it
      </button>
    </>
  )
}
