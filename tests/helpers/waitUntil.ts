/** Resolves when the condition holds; rejects with what it was waiting for after 5 s. */
export async function waitUntil(condition: () => unknown, what: string, timeoutMs = 5_000): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
