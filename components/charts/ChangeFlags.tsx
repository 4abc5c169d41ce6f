import type { ReactElement } from 'react'
import { FLAG_ROW_PX, FLAG_TOP_PX, type DurationLayout } from '../../utils/charts/durationLayout'
import type { PlacedFlag } from '../../utils/charts/layFlags'

/** Change points: a dashed pole through the plot, on top a flag that tells by how much. */
export function ChangeFlags({ layout }: { readonly layout: DurationLayout }): ReactElement {
  return (
    <g aria-hidden="true">
      {layout.flags.map((flag, i) => (
        <Flag key={i} flag={flag} bottom={layout.box.top + layout.box.height} />
      ))}
    </g>
  )
}

function Flag({
  flag: { x, row, text, side },
  bottom,
}: {
  readonly flag: PlacedFlag
  readonly bottom: number
}): ReactElement {
  const top = FLAG_TOP_PX + row * FLAG_ROW_PX
  const way = side === 'start' ? 1 : -1
  return (
    <g>
      <line x1={x} x2={x} y1={top} y2={bottom} stroke="var(--tele-text)" strokeDasharray="4 3" />
      <path d={`M${x},${top}h${way * 8}l${way * -2},4l${way * 2},4h${way * -8}z`} fill="var(--tele-text)" />
      <text
        x={x + way * 12}
        y={top + 9}
        textAnchor={side}
        fontSize={12}
        fill="var(--tele-text)"
        stroke="var(--tele-surface)"
        strokeWidth={3}
        paintOrder="stroke"
      >
        {text}
      </text>
    </g>
  )
}
