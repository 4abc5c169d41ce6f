import type { ReactElement } from 'react'
import { markPieces } from '../../utils/filter/markPieces'
import { useHit } from '../../utils/hooks'

/** A text of a run, with what the link's query found in it marked. */
export function Marked(props: {
  readonly text: string
  /** As the history names it: `notes`, `runName`, `tags.0`, `sceneId`, `error.message`. */
  readonly field: string
  readonly sceneId?: string
}): ReactElement {
  const ranges = useHit(props.field, props.sceneId)
  return (
    <>
      {markPieces(props.text, ranges).map(({ text, isHit, start }) =>
        isHit ? (
          <mark key={start} className="tele-mark">
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </>
  )
}
