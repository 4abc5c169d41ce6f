import { parseJson, parseWith } from './wire/parse'
import { simulatorMenuSchema, type SimulatorMenu } from './wire/simulatorMenu'

/** The scenario menu of a simulator. Answers undefined where there is none, or none that answers. */
export interface SimulatorControl {
  menu(signal?: AbortSignal): Promise<SimulatorMenu | undefined>
  choose(scenario: string): Promise<SimulatorMenu | undefined>
}

const TIMEOUT_MS = 5_000

export function createSimulatorControl(base: string, fetcher: typeof fetch): SimulatorControl {
  const ask = async (path: string, init: RequestInit): Promise<SimulatorMenu | undefined> => {
    try {
      const response = await fetcher(base + path, {
        ...init,
        signal: init.signal ?? AbortSignal.timeout(TIMEOUT_MS),
      })
      const json = response.ok ? parseJson(await response.text()) : undefined
      const menu = json?.ok ? parseWith(simulatorMenuSchema, json.value) : undefined
      return menu?.ok ? menu.value : undefined
    } catch {
      return undefined
    }
  }
  return {
    menu: (signal) => ask('/simulator/scenarios', signal ? { signal } : {}),
    choose: (name) =>
      ask('/simulator/scenario', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      }),
  }
}
