import type { HistoricalRun } from '../../types'

/** The traces of so many attempts are read. */
const MAX_ATTEMPTS = 400

/** The attempts of a run that may have a trace, the first 400. */
export const tracedAttempts = ({
  scenes,
}: HistoricalRun): readonly { readonly source: string; readonly promptId: string }[] =>
  scenes
    .flatMap(({ attemptLog = [] }) => attemptLog)
    .flatMap(({ source, promptId }) =>
      source === undefined || promptId === undefined ? [] : [{ source, promptId }],
    )
    .slice(0, MAX_ATTEMPTS)
