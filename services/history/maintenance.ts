/** What keeps the history busy by itself, and the share of it that is done, 0 to 1. */
export interface Maintenance {
  readonly task: 'migrate' | 'rebuild'
  readonly share: number
}
