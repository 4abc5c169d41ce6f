import { readAddress } from './proxyTargets.mjs'

const DEFAULT_URL = 'http://127.0.0.1:8188'
const ANSWER_MS = 1_500

/** Whether a ComfyUI answers at that base. @param {string} url */
export async function isComfyui(url) {
  try {
    const response = await fetch(`${url}/system_stats`, { signal: AbortSignal.timeout(ANSWER_MS) })
    return response.ok && 'devices' in Object(await response.json())
  } catch {
    return false
  }
}

/**
 * Which server to show: the one that was named, whether it answers yet or not; else the one at its usual place, if it answers; else
 * none. Throws an Error whose message a person can act on when what was named is no address.
 *
 * @param {{ given: string | undefined, env: NodeJS.ProcessEnv, answers?: (url: string) => Promise<boolean> }} options
 * @returns {Promise<{ comfyui: string, isThere: boolean }>}
 */
export async function findComfyui({ given, env, answers = isComfyui }) {
  const named = given ?? (env.COMFYUI_URL || undefined)
  if (named === undefined) return { comfyui: DEFAULT_URL, isThere: await answers(DEFAULT_URL) }
  return { comfyui: readAddress(named), isThere: true }
}
