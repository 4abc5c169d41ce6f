import type { Route } from './answer'
import type { SimulatedNode } from './createNode'
import { infoOf, type NodeIdentity } from './identity'

const PAGE = 1_000

/** Everything below `/telemetry` but the stream and the page. */
export function telemetryRoutes(
  node: SimulatedNode,
  identity: NodeIdentity,
): Readonly<Record<string, Route>> {
  const hear =
    (type: 'outcome' | 'run'): Route =>
    ({ body }) =>
      node.hear({ ...body, type })
        ? { status: 200, json: { ok: true } }
        : { status: 400, json: { error: `That is no ${type}.` } }
  return {
    'GET /telemetry/info': () => ({ status: 200, json: infoOf(identity, node) }),
    'GET /telemetry/events': ({ query }) => {
      const { epoch, newest } = node.journal
      if (query.get('epoch') !== epoch) return { status: 409, json: { error: 'Another epoch.', epoch } }
      const since = Number(query.get('since')) || 0
      const limit = Math.min(Number(query.get('limit')) || PAGE, PAGE)
      const events = node.journal.after(since, limit)
      const next = events.at(-1)?.seq ?? newest
      return { status: 200, json: { epoch, events, ...(next < newest ? { next } : {}) } }
    },
    'GET /telemetry/trace': ({ query }) => {
      const trace = node.trace(query.get('promptId') ?? '')
      return trace
        ? { status: 200, json: trace }
        : { status: 404, json: { error: 'No trace of that prompt is kept.' } }
    },
    'POST /telemetry/outcome': hear('outcome'),
    'POST /telemetry/run': hear('run'),
  }
}
