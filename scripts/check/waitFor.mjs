/** Longer than anything that is waited for takes, ms. */
export const WAIT_MS = 60_000

/** Asks ten times a second; rejects after a minute. @param {string} what @param {() => Promise<unknown>} holds */
export async function waitFor(what, holds) {
  const until = Date.now() + WAIT_MS
  while (!(await holds().catch(() => false))) {
    if (Date.now() > until) throw new Error(`Waited a minute in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
