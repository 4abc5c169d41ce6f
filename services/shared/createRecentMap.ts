/** A map that forgets what was set longest ago, so that no server can make it grow. */
export interface RecentMap<T> {
  get(key: string): T | undefined
  has(key: string): boolean
  /** Makes it the newest. */
  set(key: string, value: T): void
  delete(key: string): void
}

export function createRecentMap<T>(max: number): RecentMap<T> {
  const entries = new Map<string, T>()
  return {
    get: (key) => entries.get(key),
    has: (key) => entries.has(key),
    set(key, value) {
      entries.delete(key)
      entries.set(key, value)
      const [oldest] = entries.keys()
      if (entries.size > max && oldest !== undefined) entries.delete(oldest)
    },
    delete: (key) => void entries.delete(key),
  }
}
