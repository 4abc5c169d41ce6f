import * as v from 'valibot'
import { id, list, optional, text } from './primitives'

const scenarioSchema = v.object({ name: id(), title: text(256) })

/** What a simulator can play, and what it plays: `GET /simulator/scenarios`. */
export const simulatorMenuSchema = v.object({
  scenario: id(),
  scenarios: list(scenarioSchema, 64),
  sought: optional(text(512)),
})
export type SimulatorMenu = v.InferOutput<typeof simulatorMenuSchema>
