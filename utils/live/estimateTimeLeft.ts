/** What an estimate of the time left rests on; times in ms. */
export interface TimeLeftInput {
  /** What a scene of this kind usually takes, from earlier runs. */
  readonly usual: number | undefined
  /** Of this run's completed scenes. */
  readonly durations: readonly number[]
  readonly remaining: number
  /** Since when the executing scenes run. */
  readonly elapsed: readonly number[]
  /** Executing at once; ComfyUI has one. */
  readonly parallel: number
}

/**
 * Time until the last scene ends, ms: the mean of this run's own scenes once there are two, else what is usual. Undefined while
 * neither is known. A scene that takes longer than expected counts as nearly done, not as negative.
 */
export function estimateTimeLeft({
  usual,
  durations,
  remaining,
  elapsed,
  parallel,
}: TimeLeftInput): number | undefined {
  const own = durations.reduce((sum, duration) => sum + duration, 0) / durations.length
  const each = durations.length >= 2 || usual === undefined ? own : usual
  if (!Number.isFinite(each) || each <= 0) return undefined
  const running = elapsed.reduce((sum, time) => sum + Math.max(0, each - time), 0)
  return (running + remaining * each) / Math.max(1, parallel)
}
