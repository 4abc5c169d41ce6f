import type { GpuChart } from '../../types'
import { formatGigabytes } from '../format/formatBytes'
import { count, whole } from '../format/formatCount'
import { formatDuration } from '../format/formatDuration'
import { formatWhen } from '../format/formatTime'
import { sceneName } from '../format/sceneName'
import { shortName } from '../format/shortName'
import { THIN } from '../format/thin'
import type { ChartTip, ChartWords } from './chartTypes'
import { FEW } from './durationShape'
import type { GpuMetric, GpuShape, MeasuredPoint } from './gpuShape'

export const metricWords: Readonly<Record<GpuMetric, { readonly title: string; readonly axis: string }>> = {
  vramFree: { title: 'Scene duration against free VRAM', axis: 'Free VRAM' },
  utilization: { title: 'Scene duration against GPU load', axis: 'GPU busy' },
}

/** What a scatter says in words. */
export function gpuWords(chart: GpuChart, shape: GpuShape, metric: GpuMetric): ChartWords {
  const { title } = metricWords[metric]
  const gpus = count(new Set(chart.points.map(({ gpuName }) => gpuName)).size, 'GPU')
  const few =
    shape.shown > 0 && shape.shown < FEW
      ? [`cannot tell yet: ${count(FEW - shape.shown, 'more scene')} needed`]
      : []
  return {
    title,
    summary: [count(chart.scenes, 'scene'), gpus, ...few].join(' · '),
    spoken: `${title}: ${count(chart.scenes, 'scene')} on ${gpus}.`,
    notes: [
      ...(chart.isThinned
        ? [`${whole(chart.points.length)} of ${count(chart.scenes, 'scene')} drawn, evenly over time`]
        : []),
      ...(shape.unmeasured > 0 ? [`${count(shape.unmeasured, 'scene')} without this measure left out`] : []),
    ],
  }
}

/** What is said of a scene. */
export const sceneTip = (point: MeasuredPoint, metric: GpuMetric, now: number): ChartTip => ({
  title: `${sceneName(shortName(point.sceneId))}, ${formatWhen(point.at, now)}`,
  value: formatDuration(point.duration),
  usual: metric === 'vramFree' ? `${formatGigabytes(point.x)} free` : `${formatLoad(point.x)} busy`,
  status: shortName(point.gpuName),
})

export const formatLoad = (percent: number): string => `${Math.round(percent)}${THIN}%`
/** `8 GB`, `0.5 GB`: of a tick. */
export const formatMemoryTick = (bytes: number): string => `${Number((bytes / 2 ** 30).toFixed(1))}${THIN}GB`
