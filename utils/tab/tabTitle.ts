import { shortName } from '../format/shortName'
import type { TabSign } from './tabSignOf'

/**
 * A tab's title. What one looks for comes first, for a tab shows about 20 characters: `4/12 · Night run`, `✗2 4/12 · Night run`,
 * `✓ 12/12 · Night run ended`. The page's own name follows.
 */
export function tabTitle(sign: TabSign, page: string, isSimulated: boolean): string {
  return [wordsOf(sign), page, isSimulated ? 'simulated' : '', 'gemDirect1 telemetry']
    .filter((part) => part !== '')
    .join(' · ')
}

function wordsOf(sign: TabSign): string {
  if (sign.kind === 'idle') return ''
  const { completed, of, failed } = sign
  const name = shortName(sign.runName ?? 'Prompts')
  switch (sign.kind) {
    case 'running': {
      const figures = `${failed > 0 ? `✗${failed} ` : ''}${completed}/${of} · ${name}`
      return sign.isHeard ? figures : `No news · ${figures}`
    }
    case 'ended':
      return failed > 0 ? `✗ ${failed} failed · ${name} ended` : `✓ ${completed}/${of} · ${name} ended`
    case 'stopped':
      return `■ ${completed}/${of} · ${name} ${failed > 0 ? `stopped, ${failed} failed` : 'stopped'}`
  }
}
