import type { QueuePolicy, ReadableStore, Telemetry } from '../../types'
import { createStore } from '../shared/createStore'
import { DEFAULT_POLICY } from '../shared/defaultPolicy'
import { mapNames } from '../shared/mapNames'
import { POLICY_MEMBERS } from '../shared/policyMembers'

/** The policy that the next run is queued under: `Telemetry.policy`, and watchable. */
export interface PolicyStore extends ReadableStore<QueuePolicy>, Readonly<Telemetry['policy']> {}

const COUNTS: ReadonlySet<string> = new Set(['maxAttempts', 'sceneRetryBudget', 'batchSize'])

const KEY = 'gemdirect1-telemetry.policy'

/** Remembers the last policy in this browser, unless the host brings its own and keeps it. */
export function createPolicyStore(
  given?: QueuePolicy,
  onChange?: (policy: QueuePolicy) => void,
): PolicyStore {
  const store = createStore<QueuePolicy>(given ?? remembered() ?? DEFAULT_POLICY)
  return {
    get: store.getSnapshot,
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    set(policy) {
      store.set(policy)
      if (!given) remember(policy)
      onChange?.(policy)
    },
  }
}

function remembered(): QueuePolicy | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '')
    const members = new Map(Object.entries(kept ?? {}))
    return mapNames(
      POLICY_MEMBERS,
      (name) => figure(members.get(name), COUNTS.has(name)) ?? DEFAULT_POLICY[name],
    )
  } catch {
    return undefined // denied, damaged, or no page
  }
}

const figure = (value: unknown, isCount: boolean): number | undefined => {
  const isFigure = typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER
  return isFigure && (!isCount || Number.isInteger(value)) ? value : undefined
}

function remember(policy: QueuePolicy): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(policy))
  } catch {
    // Denied: the choice lasts as long as the page.
  }
}
