type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The members that have a value: absent is absent, not `undefined`. */
export function definedMembers<T extends object>(members: T): Defined<T> {
  const kept: Defined<T> = {}
  for (const [name, value] of Object.entries(members))
    if (value !== undefined) Object.assign(kept, { [name]: value })
  return kept
}
