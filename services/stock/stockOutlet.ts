import type { Connection, RealtimeTelemetryUpdate } from '../../types'
import type { SystemStats } from '../wire/systemStats'

/** Where what a session finds out goes. */
export interface StockOutlet {
  lifecycle(updates: readonly RealtimeTelemetryUpdate[]): void
  /** What ended long ago: for the history, not for the page. */
  past(updates: readonly RealtimeTelemetryUpdate[]): void
  sample(update: RealtimeTelemetryUpdate): void
  /** Once a second, with the GPUs as they are now. */
  server(stats: SystemStats, gpus: SystemStats['gpus']): void
  connection(connection: Extract<Connection, { status: 'fallback' }>): void
  refused(count: number): void
  /** After every look: what the server shows is in the books. */
  looked(): void
  /** The server answers no more. */
  silence(): void
}
