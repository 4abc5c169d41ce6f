import type { WebSocket } from 'ws'
import type { Journaled } from './createJournal'
import type { SimulatedNode } from './createNode'
import { createGarbage } from './createGarbage'
import { helloOf, type NodeIdentity } from './identity'
import type { Scenario } from './scenarios'

/** One frame to a client at most every so often, and what a frame may hold: docs/protocol.md, "Messages". */
const FRAME_MS = 50
const FRAME_MESSAGES = 500
const HEARTBEAT_MS = 5_000
/** More than this is fetched by the client from `/telemetry/events`. */
const MAX_REPLAY = 5_000
const MIN_INTERVAL_MS = 100
const MAX_INTERVAL_MS = 5_000
const DEFAULT_INTERVAL_MS = 250

/**
 * Serves one client of `/telemetry` until its socket closes. `isSilent` sends the opening and then nothing, which is what a wire
 * that died without a close looks like; `isGarbled` puts a frame that no server should send behind each true one.
 */
export function serveStream(
  socket: WebSocket,
  query: URLSearchParams,
  node: SimulatedNode,
  identity: NodeIdentity,
  { isSilent, isGarbled }: Pick<Scenario, 'isSilent' | 'isGarbled'>,
): void {
  const garbage = isGarbled ? createGarbage(node.journal) : undefined
  let waiting: object[] = []
  let lastSent = -Infinity
  let lastNamed = node.clock.mono()
  let intervalMs = clampInterval(Number(query.get('intervalMs')) || DEFAULT_INTERVAL_MS)
  let sampler: ReturnType<typeof setInterval> | undefined
  let flusher: ReturnType<typeof setTimeout> | undefined

  const flush = (): void => {
    flusher = undefined
    const frame = waiting.slice(0, FRAME_MESSAGES)
    waiting = waiting.slice(FRAME_MESSAGES)
    if (frame.length === 0 || socket.readyState !== socket.OPEN) return
    lastSent = node.clock.mono()
    socket.send(JSON.stringify(frame.length === 1 ? frame[0] : frame))
    if (garbage) socket.send(garbage.next())
    if (waiting.length > 0) schedule()
  }
  const schedule = (): void => {
    flusher ??= setTimeout(flush, Math.max(0, lastSent + FRAME_MS - node.clock.mono()))
  }
  const send = (...messages: readonly object[]): void => {
    waiting.push(...messages)
    schedule()
  }
  const sample = (): void => {
    const samples = node.samples()
    if (samples.length > 0) return send(...samples)
    if (node.clock.mono() - lastSent >= 1_000)
      send({ type: 'gpu', timestamp: node.clock.wall(), gpus: node.gpus })
  }
  const heartbeat = (): void => {
    // Samples don't name the newest seq: whoever lost a message would not hear of it while they flow.
    if (node.clock.mono() - lastNamed < HEARTBEAT_MS) return
    lastNamed = node.clock.mono()
    send({ type: 'heartbeat', now: node.clock.wall(), seq: node.journal.newest })
  }
  const pace = (): void => {
    clearInterval(sampler)
    sampler = setInterval(sample, intervalMs)
  }

  const { resumed, replay } = resumeOf(query, node)
  send(
    { ...helloOf(identity, node), intervalMs, heartbeatMs: HEARTBEAT_MS, ...resumed },
    { type: 'state', prompts: node.state() },
    ...replay,
  )
  if (isSilent) {
    socket.on('close', () => clearTimeout(flusher))
    return
  }
  const onLifecycle = (message: Journaled): void => send(message)
  const unsubscribe = node.subscribe(onLifecycle)
  pace()
  const heart = setInterval(heartbeat, HEARTBEAT_MS / 4)
  socket.on('message', (data) => {
    const message = readJson(String(data))
    if (message?.type !== 'configure') return void node.hear(message)
    intervalMs = clampInterval(Number(message.intervalMs) || DEFAULT_INTERVAL_MS)
    pace()
  })
  socket.on('close', () => {
    unsubscribe()
    clearInterval(sampler)
    clearInterval(heart)
    clearTimeout(flusher)
  })
}

function resumeOf(
  query: URLSearchParams,
  node: SimulatedNode,
): { resumed: object; replay: readonly Journaled[] } {
  const epoch = query.get('epoch')
  const to = node.journal.newest
  if (epoch === null) return { resumed: {}, replay: [] }
  const from = Number(query.get('since')) || 0
  if (epoch !== node.journal.epoch || from > to)
    return { resumed: { resumed: { from, to, lost: 'unknown' } }, replay: [] }
  const behind = to - from
  return behind > MAX_REPLAY
    ? { resumed: { resumed: { from, to, lost: 0 }, behind }, replay: [] }
    : { resumed: { resumed: { from, to, lost: 0 } }, replay: node.journal.after(from, behind) }
}

const clampInterval = (ms: number): number => Math.min(Math.max(ms, MIN_INTERVAL_MS), MAX_INTERVAL_MS)

function readJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
