import { createServer } from 'node:net'
import { IDENTITY_PATH } from './dashboardPlugin.mjs'

/**
 * Who has that port of this machine: nobody, a dashboard of ours, or another program.
 *
 * @param {number} port
 * @returns {Promise<'nobody' | 'ours' | 'another'>}
 */
export async function whoListens(port) {
  if (await isFree(port)) return 'nobody'
  try {
    const response = await fetch(`http://127.0.0.1:${port}${IDENTITY_PATH}`, {
      signal: AbortSignal.timeout(1_500),
    })
    return Object(await response.json()).app === 'gemdirect1-telemetry' ? 'ours' : 'another'
  } catch {
    return 'another'
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
