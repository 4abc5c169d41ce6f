import type { RegexEngine } from './regexEngine'

/** The engine, loaded when first asked for; it rejects where its file cannot be loaded, and the next call tries again. */
export async function loadRegexEngine(): Promise<RegexEngine> {
  const { regexEngine } = await import('./regexEngine')
  return regexEngine
}
