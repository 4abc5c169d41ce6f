type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The members that have a value: absent is absent, not `undefined`. */
export function definedMembers<T extends object>(members: T): Defined<T> {
  const kept: Defined<T> = {}
  for (const name in members) {
    const value = members[name]
    if (isDefined(value)) kept[name] = value
  }
  return kept
}

const isDefined = <V>(value: V): value is Exclude<V, undefined> => value !== undefined
