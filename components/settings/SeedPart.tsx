import type { ReactElement } from 'react'
import { count } from '../../utils/format/formatCount'
import { seedRequestOf } from '../../utils/files/seedRequest'
import { useHashRoute, useSeed } from '../../utils/hooks'
import { TaskProgress } from './TaskProgress'
import './FilesPart.css'

/** What `npm run seed` opens: asks before it fills the simulated history. Nothing where the address doesn't ask for it. */
export function SeedPart(): ReactElement | null {
  const request = seedRequestOf(useHashRoute().query)
  const seeding = useSeed()
  if (!request) return null
  const runs = count(request.count, 'generated run')
  return (
    <section className="tele-seed" aria-labelledby="tele-seed-title">
      <h3 id="tele-seed-title">Generated runs</h3>
      {seeding.isAllowed === undefined ? (
        <p className="tele-muted">The history is being opened.</p>
      ) : !seeding.isAllowed ? (
        <p className="tele-problem">
          The history that is open is not the simulated one, so nothing is filled in: generated runs would mix
          with real ones. Start with npm start -- --simulate and open this page there.
        </p>
      ) : seeding.status === 'running' ? (
        <TaskProgress label={`Filling in ${runs}`} share={seeding.share} onCancel={seeding.cancel} />
      ) : (
        <>
          <p>{`Fill this browser’s simulated history with ${runs}? What is in it stays, but for runs of the same seed.`}</p>
          <button
            type="button"
            className="tele-button tele-button-main"
            onClick={() => seeding.begin(request)}
          >
            Fill it
          </button>
        </>
      )}
      <p role="status" className="tele-muted">
        {seeding.status === 'done' &&
          `${count(seeding.value.count, 'run')} are in the simulated history now.`}
      </p>
      <p role="alert" className="tele-problem">
        {seeding.status === 'failed' && seeding.message}
      </p>
    </section>
  )
}
