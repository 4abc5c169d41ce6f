import type { ReactElement } from 'react'
import { describeConnection } from '../../utils/format/describeConnection'
import { runTitle } from '../../utils/format/runTitle'
import { sceneTally } from '../../utils/format/sceneTally'
import {
  liveHref,
  ShownServer,
  useLive,
  useNow,
  useRunProgress,
  useServerIds,
  useShownEntry,
} from '../../utils/hooks'
import { runningSince } from '../../utils/live/newestRunning'
import { Glyph } from '../ui/Glyph'
import './ServerStrip.css'

/** Every server at a glance, and the way to each; nothing where there is only one. */
export function ServerStrip({ shown }: { readonly shown: string | null }): ReactElement | null {
  const ids = useServerIds()
  if (ids.length <= 1) return null
  return (
    <nav aria-label="Servers" className="tele-servers">
      <ul>
        {ids.map((id) => (
          <ShownServer key={id} id={id}>
            <ServerItem id={id} isShown={id === shown} />
          </ShownServer>
        ))}
      </ul>
    </nav>
  )
}

function ServerItem({ id, isShown }: { readonly id: string; readonly isShown: boolean }): ReactElement {
  const name = useShownEntry((entry) => entry.name)
  const connection = useLive((state) => state.connection)
  const isSimulated = useLive((state) => state.server?.simulated ?? false)
  const now = useNow(1_000)
  const { glyph, words } = describeConnection(connection, undefined, now)
  return (
    <li>
      <a href={liveHref({ server: id })} aria-current={isShown ? 'true' : undefined}>
        <b>
          {isSimulated && <Glyph name="simulated" />}
          {name}
        </b>
        <span className="tele-status">
          <Glyph name={glyph} />
          {words}
        </span>
        <Progress />
      </a>
    </li>
  )
}

function Progress(): ReactElement {
  const { run, counts, of } = useRunProgress()
  const isRunning = useLive(runningSince) !== undefined
  return (
    <span className="tele-muted tele-figure">
      {run && isRunning ? `${runTitle(run)}, ${sceneTally(counts, of)}` : 'Nothing runs'}
    </span>
  )
}

/** Where another server has a run that began after what is shown here: a way there. */
export function NewerElsewhere({ shown }: { readonly shown: string | null }): ReactElement | null {
  const ids = useServerIds()
  const since = useLive(runningSince)
  const others = ids.filter((id) => id !== shown)
  if (others.length === 0) return null
  return (
    <>
      {others.map((id) => (
        <ShownServer key={id} id={id}>
          <Offer id={id} than={since} />
        </ShownServer>
      ))}
    </>
  )
}

function Offer({
  id,
  than,
}: {
  readonly id: string
  readonly than: number | undefined
}): ReactElement | null {
  const since = useLive(runningSince)
  const name = useShownEntry((entry) => entry.name)
  const { run } = useRunProgress()
  if (since === undefined || since <= (than ?? 0)) return null
  return (
    <p className="tele-other-runs">
      {run?.runName ?? 'A prompt without a run'} is the newest and runs on {name}.{' '}
      <a href={liveHref({ server: id })}>Show {name}</a>
    </p>
  )
}
