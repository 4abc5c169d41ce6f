import type { Services } from '../../services/telemetry/openServices'

/** One line about a tab, for whoever looks why a history is not whole. */
export function describeServices({ realtime, recording }: Services): string {
  const { connection, problem, counters } = realtime.getSnapshot()
  return JSON.stringify({ recording: recording.getSnapshot(), connection, problem, counters })
}
