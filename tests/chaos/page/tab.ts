// The real services in a real page. ?comfy= names the server, ?db= the database, ?factor= how fast to live, ?moved= how far the
// machine's clock is off.
import { openServices } from '../../../services/telemetry/openServices'
import { compressTime } from '../compressTime'
import { describeServices } from '../describeServices'
import { readHistory } from '../readHistory'

export interface TabInPage {
  moveClock(ms: number): void
  saysUnknown(): boolean
  read(): ReturnType<typeof readHistory>
  describe(): string
  dispose(): Promise<void>
}

const query = new URLSearchParams(location.search)
const dbName = query.get('db') ?? ''
let moved = Number(query.get('moved'))
compressTime(Number(query.get('factor')))

const services = openServices({
  url: query.get('comfy') ?? '',
  dbName,
  now: () => Date.now() + moved,
})
services.ready.catch(() => undefined)

const tab: TabInPage = {
  moveClock: (ms) => void (moved += ms),
  saysUnknown: () => services.realtime.getSnapshot().gaps.some(({ lost }) => lost === 'unknown'),
  read: () => readHistory(indexedDB, dbName),
  describe: () => describeServices(services),
  dispose: services.dispose,
}
Object.assign(globalThis, { tab })
