import type { ReactElement } from 'react'
import { count } from '../../utils/format/formatCount'
import { seedRequestOf } from '../../utils/files/seedRequest'
import { seededWords } from '../../utils/files/taskToasts'
import { useHashRoute, useSeed } from '../../utils/hooks'
import { RoomOffer } from '../files/RoomOffer'
import { TaskProgress } from '../files/TaskProgress'
import '../files/files.css'

/** What `npm run seed` opens: asks before it fills the simulated history. Nothing where the address doesn't ask for it. */
export function SeedPart(): ReactElement | null {
  const request = seedRequestOf(useHashRoute().query)
  const { task, isAllowed, begin, cancel } = useSeed()
  if (!request) return null
  const runs = count(request.count, 'generated run')
  return (
    <section className="tele-seed" aria-labelledby="tele-seed-title">
      <h3 id="tele-seed-title">Generated runs</h3>
      {isAllowed === undefined ? (
        <p className="tele-muted">The history is being opened.</p>
      ) : !isAllowed ? (
        <p className="tele-problem">
          The history that is open is not the simulated one, so nothing is filled in: generated runs would mix
          with real ones. Start with npm start -- --simulate and open this page there.
        </p>
      ) : task.status === 'running' ? (
        <TaskProgress {...task} onCancel={cancel} />
      ) : (
        <>
          <p>{`Fill this browser’s simulated history with ${runs}? What is in it stays, but for runs of the same seed.`}</p>
          <button type="button" className="tele-button tele-button-main" onClick={() => begin(request)}>
            Fill it
          </button>
        </>
      )}
      <p role="status" className="tele-muted">
        {task.status === 'done' && seededWords(task.value)}
      </p>
      <p role="alert" className="tele-problem">
        {task.status === 'failed' && task.message}
      </p>
      {task.status === 'failed' && task.isFull && <RoomOffer />}
    </section>
  )
}
