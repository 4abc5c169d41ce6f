/** A record with a member for each name; TypeScript can't tell that of Object.fromEntries. */
export function mapNames<K extends string, T>(
  names: readonly K[],
  make: (name: K) => T,
): Readonly<Record<K, T>> {
  const made: Partial<Record<K, T>> = {}
  for (const name of names) made[name] = make(name)
  if (hasAll(made, names)) return made
  throw new Error('A column is missing.')
}

const hasAll = <K extends string, T>(
  made: Partial<Record<K, T>>,
  names: readonly K[],
): made is Record<K, T> => names.every((name) => name in made)
