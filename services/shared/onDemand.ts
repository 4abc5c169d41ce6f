import { lazily } from './lazily'
import { mapNames } from './mapNames'

/**
 * Methods of something that is made with the first call of any of them, so that its code is loaded when it is wanted. If it can't be
 * made, the call rejects and the next one tries again.
 */
export function onDemand<K extends string>(
  names: readonly K[],
  make: () => Promise<Readonly<Record<K, Method>>>,
): Readonly<Record<K, Method>> {
  const get = lazily(make)
  return mapNames(
    names,
    (name) =>
      async (...args) =>
        (await get())[name](...args),
  )
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- stands between methods and callers whose types agree already
type Method = (...args: any[]) => Promise<any>
