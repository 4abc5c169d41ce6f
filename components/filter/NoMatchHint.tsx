import type { ReactElement } from 'react'
import type { TelemetryFilter } from '../../types'
import { count, whole } from '../../utils/format/formatCount'
import { useMostRemoving } from '../../utils/hooks'

/** Of a filter that nothing matches: which part of it keeps most runs away, and a way to take it out. */
export function NoMatchHint(props: {
  readonly filter: TelemetryFilter
  readonly onChange: (filter: TelemetryFilter) => void
}): ReactElement | null {
  const { filter, onChange } = props
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
