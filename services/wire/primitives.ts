import * as v from 'valibot'
import { MAX_TIME } from './maxTime'

/** An id of somebody else's making: any text of 1 to 256 characters but for the separator of SceneKey. */
export function id() {
  return v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(256),
    v.check((value) => !value.includes('\u0000'), 'NUL is not allowed in an id'),
  )
}
/** Text of at most `max` UTF-16 units; longer text refuses the message. */
export function text(max: number) {
  return v.pipe(v.string(), v.maxLength(max))
}
/** A finite number; JSON has no other, but `1e999` parses to Infinity. */
export function finite() {
  return v.pipe(v.number(), v.finite())
}
/** Durations in ms, bytes, watts: beyond what any of them can be, sums would leave what Date and a reader can show. */
export function nonNegative() {
  return v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e15))
}
/** A whole number that is exact in a double. */
export function count() {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(0))
}
/** Epoch milliseconds of this century. */
export function time() {
  return v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(MAX_TIME))
}
export function list<const TSchema extends v.GenericSchema>(item: TSchema, max: number) {
  return v.pipe(
    v.unknown(),
    v.check(
      (value) => Array.isArray(value) && value.length <= max,
      ({ input, received }) =>
        `Expected a list of at most ${max} but received ${Array.isArray(input) ? input.length : received}`,
    ),
    v.array(item),
  )
}
/** Utilisation, 0–100. */
export function percent() {
  return v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(100))
}
/** Present with a value or absent: exactOptionalPropertyTypes, as the protocol has it. */
export function optional<const TSchema extends v.GenericSchema>(schema: TSchema) {
  return v.exactOptional(schema)
}
