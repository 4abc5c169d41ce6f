import type { HistoryStatistics, Summary } from '../../types'
import { summarize } from '../statistics/summarize'
import type { ColumnChunk, SceneNumber } from './columnChunk'
import { durationsOf, measuredRuns, sceneCount } from './measured'
import { countOf, eachRun, eachScene, type Selection } from './selection'

/** What the scenes of the selected runs say together; a success rate is one value a run. */
export function statisticsOf(selected: Selection): HistoryStatistics {
  const selection = measuredRuns(selected)
  const scenes = sceneCount(selection)
  const { values, excludedCached } = durationsOf(selection)
  const ofScenes = (name: SceneNumber): Summary => summarize(sceneValues(selection, name, scenes))
  return {
    runs: countOf(selection),
    scenes,
    excludedCached,
    byMetric: {
      duration: summarize(values),
      successRate: summarize(successRates(selection)),
      gpuVramFree: ofScenes('vramFree'),
      gpuUtilization: ofScenes('utilization'),
      attempts: ofScenes('attempts'),
      queueWait: ofScenes('queueWait'),
    },
  }
}

function sceneValues(selection: Selection, name: SceneNumber, most: number): Float64Array {
  const values = new Float64Array(most)
  let count = 0
  eachScene(selection, ({ sceneNumbers }: ColumnChunk, scene) => {
    const value = sceneNumbers[name][scene] ?? Number.NaN
    if (!Number.isNaN(value)) values[count++] = value
  })
  return values.subarray(0, count)
}

function successRates(selection: Selection): Float64Array {
  const rates: number[] = []
  eachRun(selection, ({ runNumbers }, row) => {
    const rate = runNumbers.successRate[row] ?? Number.NaN
    if (!Number.isNaN(rate)) rates.push(rate)
  })
  return Float64Array.from(rates)
}
