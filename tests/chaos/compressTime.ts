/**
 * Makes this process live `factor` times as fast: its clocks and timers, whoever asks. What is tested runs with the very times that
 * people run it with, and a minute takes seconds. Sockets and disks stay as slow as they are, and so
 * do the limits that `AbortSignal.timeout` sets them. Once, before anything else starts.
 */
export function compressTime(factor: number): void {
  const { setTimeout: later, setInterval: often } = globalThis
  const [epoch, began] = [Date.now(), performance.now()]
  const mono = performance.now.bind(performance)
  const shorten = <T extends typeof setTimeout | typeof setInterval>(real: T): T =>
    Object.assign(
      (callback: () => void, ms = 0, ...rest: unknown[]) =>
        Reflect.apply(real, globalThis, [callback, ms / factor, ...rest]),
      real,
    ) as T
  globalThis.setTimeout = shorten(later)
  globalThis.setInterval = shorten(often)
  Date.now = () => Math.round(epoch + (mono() - began) * factor)
  performance.now = () => began + (mono() - began) * factor
}
