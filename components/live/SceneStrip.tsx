import { useCallback, type ReactElement } from 'react'
import type { LiveState } from '../../types'
import { markOf, type SceneMark } from '../../utils/format/describeOutcome'
import { sceneName } from '../../utils/format/sceneName'
import { useLive } from '../../utils/hooks'
import type { RunProgress } from '../../utils/live/runProgress'
import { isUnheard } from '../../utils/live/unheardSince'
import { Glyph } from '../ui/Glyph'
import { glyphOf, statusWord } from './StatusWord'
import './SceneStrip.css'

/** So many cells still show their shape. */
const MAX_WITH_GLYPHS = 24

/** With more, a cell is smaller than a pixel; the tally says it all. */
const MAX_CELLS = 2_000

/** One cell a scene, in order; a picture of the tally below it, which is what is read out. */
export function SceneStrip({ progress }: { readonly progress: RunProgress }): ReactElement | null {
  const { keys, of } = progress
  if (of > MAX_CELLS) return null
  const isDense = of > MAX_WITH_GLYPHS
  return (
    <div className={`tele-strip${isDense ? ' tele-strip-dense' : ''}`} aria-hidden="true">
      {keys.map((key) => (
        <Cell key={key} sceneKey={key} isDense={isDense} />
      ))}
      {Array.from({ length: Math.max(0, of - keys.length) }, (_, i) => (
        <span key={i} className="tele-strip-cell tele-strip-ahead" />
      ))}
    </div>
  )
}

function Cell({ sceneKey, isDense }: { readonly sceneKey: string; readonly isDense: boolean }): ReactElement {
  const select = useCallback((state: LiveState) => markOfScene(state, sceneKey), [sceneKey])
  const mark = useLive(select)
  const isPast = useLive(isUnheard)
  const [glyph, word] = [glyphOf(mark, isPast), statusWord(mark, isPast)]
  const [, sceneId = ''] = sceneKey.split('\u0000')
  return (
    <span className={`tele-strip-cell tele-is-${glyph}`} title={`${sceneName(sceneId)} ${word}`}>
      {!isDense && <Glyph name={glyph} />}
      {!isDense && <span className="tele-strip-word">{word}</span>}
    </span>
  )
}

function markOfScene({ scenes }: LiveState, sceneKey: string): SceneMark {
  const update = scenes.get(sceneKey)
  return update ? markOf(update.status, update.exitReason) : 'queued'
}
