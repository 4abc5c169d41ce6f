/** The same value, which nobody can change any more: for what several callers share. Typed arrays in it can't be frozen. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value))
    return value
  Object.freeze(value)
  Object.values(value).forEach(deepFreeze)
  return value
}
