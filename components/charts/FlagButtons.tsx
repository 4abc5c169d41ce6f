import type { ReactElement } from 'react'
import type { ChartFlag } from '../../utils/charts/chartTypes'

/** The flags of a drawing as stops of the Tab key: each tells what it rests on while it is focused, tapped or pointed at. */
export function FlagButtons(props: {
  readonly flags: readonly ChartFlag[]
  readonly onShow: (flag: ChartFlag | undefined) => void
}): ReactElement {
  return (
    <>
      {props.flags.map((flag) => (
        <button
          key={flag.id}
          type="button"
          className="tele-chart-flag"
          aria-label={flag.name}
          style={{ left: flag.left, top: flag.y - 4, width: flag.width }}
          onFocus={() => props.onShow(flag)}
          onClick={() => props.onShow(flag)}
          onPointerEnter={() => props.onShow(flag)}
          onPointerLeave={() => props.onShow(undefined)}
          onBlur={() => props.onShow(undefined)}
        />
      ))}
    </>
  )
}
