import type { Route } from './answer'
import { isScenarioName, SCENARIOS, type ScenarioName } from './scenarios'

/** What is played, and the way to play something else. */
export interface Menu {
  readonly scenario: () => ScenarioName
  readonly setScenario: (name: ScenarioName) => void
  /** The address at which no ComfyUI answered. */
  readonly sought: string | undefined
}

/** The page's menu of scenarios: which there are, which one plays, and another one. */
export function menuRoutes({ scenario, setScenario, sought }: Menu): Readonly<Record<string, Route>> {
  const scenarios = Object.values(SCENARIOS).map(({ name, title }) => ({ name, title }))
  const menu = (): unknown => ({ scenario: scenario(), scenarios, sought })
  return {
    'GET /simulator/scenarios': () => ({ status: 200, json: menu() }),
    'POST /simulator/scenario': ({ body: { name } }) => {
      if (!isScenarioName(name)) return { status: 400, json: { error: 'There is no scenario of that name.' } }
      setScenario(name)
      return { status: 200, json: menu() }
    },
  }
}
