import * as v from 'valibot'
import { id, list, optional, text } from './primitives'

/** More than anybody watches at once; each has a socket of its own. */
export const MAX_SERVERS = 32
export const MAX_SERVER_NAME = 64

const storedServerSchema = v.object({
  id: id(),
  url: text(2_048),
  name: optional(text(MAX_SERVER_NAME)),
  source: optional(id()),
  fixed: optional(v.boolean()),
})
/** A server as the history keeps it. `fixed`: given by how the page was served; kept for its name and its place. */
export type StoredServer = v.InferOutput<typeof storedServerSchema>
export const storedServersSchema = list(storedServerSchema, 4 * MAX_SERVERS)

const proxiedServerSchema = v.object({
  id: id(),
  name: text(256),
  url: text(2_048),
  home: optional(v.boolean()),
})
/** A server that the dev server's proxy reaches; `home` is the one at `/api/comfyui`. */
export type ProxiedServer = v.InferOutput<typeof proxiedServerSchema>
/** `GET /__gemdirect1-telemetry/servers`. */
export const proxiedServersSchema = v.object({ servers: list(proxiedServerSchema, MAX_SERVERS) })
