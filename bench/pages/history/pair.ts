/** What a call took, and what its reference took just after it; ms. */
export interface Pair {
  readonly ours: number
  readonly plain: number
}
/** Times a call and its reference, in turn, and checks that they answer the same: a reference that does less is none. */
export async function pairOf<T>(
  ours: () => Promise<T>,
  plain: () => T | Promise<T>,
  tell: (answer: T) => string,
): Promise<Pair> {
  const started = performance.now()
  const answer = await ours()
  const between = performance.now()
  const expected = await plain()
  const ended = performance.now()
  if (tell(answer) !== tell(expected))
    throw new Error(`The reference answers ${tell(expected)}, the history ${tell(answer)}: the row is void.`)
  return { ours: between - started, plain: ended - between }
}
