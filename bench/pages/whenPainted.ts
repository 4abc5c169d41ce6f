/** When, ms since the navigation began, the first frame was painted that has what is looked for. */
export function whenPainted(isThere: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isThere()) return void requestAnimationFrame(look)
      // A task that the frame's callback queues runs behind its paint.
      const channel = new MessageChannel()
      channel.port1.onmessage = () => resolve(performance.now())
      channel.port2.postMessage(undefined)
    }
    requestAnimationFrame(look)
  })
}
