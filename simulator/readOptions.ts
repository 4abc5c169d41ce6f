import { parseArgs } from 'node:util'
import { isScenarioName, SCENARIOS, type ScenarioName } from './scenarios'

/** What `npm run simulator --` was asked for: a scenario, or a recording's folder to play. */
export type SimulatorCommand = { readonly port: number; readonly pace: number } & (
  { readonly replay: string } | { readonly scenario: ScenarioName; readonly seed: number | undefined }
)

const USAGE = 'npm run simulator -- [--scenario NAME] [--seed N] [--pace X] [--port PORT] [--replay DIR]'

/** Reads what follows `npm run simulator --`. Throws an Error whose message shows the usage. */
export function readOptions(args: readonly string[]): SimulatorCommand {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8188' },
        scenario: { type: 'string', default: 'healthy' },
        seed: { type: 'string' },
        pace: { type: 'string', default: '1' },
        replay: { type: 'string' },
      },
    })
    const port = numberOf(values.port, isPort, 'is no port')
    const pace = numberOf(
      values.pace,
      (value) => value > 0,
      'is no pace: 1 is a server’s own, 0.1 ten times as fast',
    )
    if (values.replay !== undefined) return { port, pace, replay: values.replay }
    const seed = values.seed === undefined ? undefined : numberOf(values.seed, Number.isInteger, 'is no seed')
    return { port, pace, scenario: scenarioOf(values.scenario), seed }
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}`)
  }
}

function numberOf(given: string, isGood: (value: number) => boolean, why: string): number {
  const value = given.trim() === '' ? Number.NaN : Number(given)
  if (!Number.isFinite(value) || !isGood(value)) throw new Error(`"${given}" ${why}.`)
  return value
}

const isPort = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 65_535

function scenarioOf(name: string): ScenarioName {
  if (isScenarioName(name)) return name
  throw new Error(`There is no scenario "${name}". There are: ${Object.keys(SCENARIOS).join(', ')}.`)
}
