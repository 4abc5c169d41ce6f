// Row L4: records what a server tells through a wire that drops all the time. ?comfy= names the server.
import { openServices } from '../../services/telemetry/openServices'

const services = openServices({
  url: new URLSearchParams(location.search).get('comfy') ?? '',
  dbName: 'bench-recording',
  backoffBaseMs: 20,
})
Object.assign(globalThis, {
  /** Every attempt in the history: prompt id and how it ended. */
  savedAttempts: async () => {
    const { history } = await services.opened
    const { runs } = await history.queryRuns({ limit: 100_000 })
    const whole = await history.getRuns(runs.map(({ runId }) => runId))
    return whole.flatMap(({ scenes }) =>
      scenes.flatMap(({ attemptLog }) =>
        (attemptLog ?? []).map(({ promptId, exitReason }) => [promptId, exitReason]),
      ),
    )
  },
})
