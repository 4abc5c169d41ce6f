import type { RunHistory } from '../../types'
import { formatStorage } from '../format/formatBytes'
import { whole } from '../format/formatCount'
import { formatDay } from '../format/formatTime'

/** What deleting the oldest runs without a tag would free. */
export interface Room {
  readonly runs: number
  /** About. */
  readonly bytes: number
  /** So many of the newest runs stay: the rule that does it. */
  readonly keep: number
  /** When the newest of those that would go was. */
  readonly until: number | undefined
}
export interface RoomReport {
  /** Undefined: there is no run that could go. */
  readonly room: Room | undefined
  readonly usage: number | undefined
  readonly quota: number | undefined
}

/** Of what could go, at least so much: who makes room for one run only is asked again by the next. */
const LEAST_SHARE = 0.1
/** Runs differ in size: what the mean one says may not be enough. */
const TRIES = 4

/** The fewest of the oldest runs that free `missing` bytes, by dry runs of the history's retention; all of them where that is not enough. */
export async function findRoom(
  history: Pick<RunHistory, 'retention' | 'getRuns' | 'storage'>,
  missing = 0,
): Promise<RoomReport> {
  const dry = { dryRun: true }
  const [all, { runs: total, usage, quota }] = await Promise.all([
    history.retention({ maxBytes: 0, keepTagged: true }, dry),
    history.storage(),
  ])
  const most = all.runIds.length
  const share = Math.max(LEAST_SHARE, all.bytes === 0 ? 1 : missing / all.bytes)
  let runs = Math.min(most, Math.ceil(share * most))
  let found: typeof all = { runIds: [], bytes: 0 }
  for (let tries = 0; tries < TRIES && runs > 0; tries++) {
    found = await history.retention({ maxRuns: total - runs, keepTagged: true }, dry)
    if (found.bytes >= missing || runs === most) break
    runs = tries === TRIES - 2 ? most : Math.min(most, runs * 2)
  }
  const last = found.runIds.at(-1)
  if (last === undefined) return { room: undefined, usage, quota }
  const until = (await history.getRuns([last]))[0]?.timestamp
  const room = { runs: found.runIds.length, bytes: found.bytes, keep: total - runs, until }
  return { room, usage, quota }
}

/** `120 MB more needed. Deleting the 312 oldest runs, up to 30 Sep, frees about 310 MB.` */
export function roomSentence({ room, usage, quota }: RoomReport, missing: number | undefined): string {
  return [neededSentence(missing, usage, quota), freedSentence(room, missing)].filter(Boolean).join(' ')
}

function neededSentence(
  missing: number | undefined,
  usage: number | undefined,
  quota: number | undefined,
): string {
  if (missing !== undefined) return `About ${formatStorage(missing)} more needed.`
  if (usage === undefined || quota === undefined) return ''
  return `${formatStorage(usage)} of the ${formatStorage(quota)} that the browser allows are used.`
}

function freedSentence(room: Room | undefined, missing = 0): string {
  if (!room) return 'No saved run could go for it: those with a tag and those that run stay.'
  const { runs, bytes, until } = room
  const which = runs === 1 ? 'the oldest run' : `the ${whole(runs)} oldest runs`
  const when = until === undefined ? '' : `, up to ${formatDay(until)},`
  const enough = bytes >= missing ? '' : ', which is not enough'
  return `Deleting ${which}${when} frees about ${formatStorage(bytes)}${enough}.`
}
