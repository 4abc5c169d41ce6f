import type { SimulatedNode } from './createNode'

/** Who this server says it is. */
export interface NodeIdentity {
  readonly source: string
  readonly startedAt: number
}

const SERVER = { name: 'gemdirect1-simulator', version: '0.1.0', comfyVersion: '0.3.64' }

/** The first message on every stream. */
export const helloOf = ({ source }: NodeIdentity, node: SimulatedNode): object => ({
  type: 'hello',
  protocol: 1,
  server: SERVER,
  source,
  epoch: node.journal.epoch,
  seq: node.journal.newest,
  now: node.clock.wall(),
  gpus: node.gpus,
  simulated: true,
})

/** `GET /telemetry/info`. */
export const infoOf = ({ source }: NodeIdentity, node: SimulatedNode): object => ({
  protocols: [1],
  server: SERVER,
  source,
  epoch: node.journal.epoch,
  oldest: node.journal.newest > 0 ? 1 : undefined,
  seq: node.journal.newest,
  intervalMs: { min: 100, max: 5000, default: 250 },
  heartbeatMs: 5000,
  gpus: node.gpus,
  simulated: true,
})
