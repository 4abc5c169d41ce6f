import { valueOfGroup } from '../../services/telemetryFilterService'
import type { RatesChart } from '../../types'
import type { ChartTarget } from './chartTypes'
import type { RatesLayout } from './ratesLayout'
import { groupTip } from './ratesWords'

/** Each group as something to point at: at the end of its bar, and with what a filter finds it by. */
export const ratesTargets = ({ layout, bands }: RatesLayout, by: RatesChart['by']): readonly ChartTarget[] =>
  bands.map(({ group, x, y, width, height, bars }) => {
    const value = valueOfGroup(by, group.key)
    return {
      id: group.key,
      x: layout === 'rows' ? (bars[0]?.x ?? 0) + (bars[0]?.width ?? 0) : x + width / 2,
      y: layout === 'rows' ? y + height / 2 : (bars[0]?.y ?? 0),
      tip: () => groupTip(group),
      ...(value && { value }),
    }
  })
