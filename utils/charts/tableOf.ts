import type { DurationChart, GpuChart, RatesChart, TelemetryChart } from '../../types'
import { formatExact } from '../format/formatTime'
import { sceneName } from '../format/sceneName'
import { shortName } from '../format/shortName'
import { MAX_ROWS, type ChartTable } from './chartTypes'
import { rateWords } from './ratesWords'

const GIGABYTE = 2 ** 30
const UNKNOWN = 'not measured'

/** The chart's rows for who reads rather than looks; at most 1,000, the newest of them. */
export function tableOf(chart: TelemetryChart): ChartTable {
  switch (chart.kind) {
    case 'duration':
      return durationTable(chart)
    case 'rates':
      return ratesTable(chart)
    case 'gpu':
      return gpuTable(chart)
  }
}

function durationTable(chart: DurationChart): ChartTable {
  const { points, marks, unmeasured, runs, markCount, unmeasuredCount } = chart
  const rows = [
    ...points.map(({ runId, runName, at, value, n }) => ({
      id: `run ${runId}`,
      at,
      cells: [nameOf(runName), seconds(value), String(n), 'measured'],
    })),
    ...marks.map(({ kind, runId, sceneId, at, value }) => ({
      id: `scene ${runId} ${sceneId}`,
      at,
      cells: [sceneName(shortName(sceneId)), seconds(value), '1', MARK_WORDS[kind]],
    })),
    ...unmeasured.map(({ runId, at }) => ({
      id: `lane ${runId}`,
      at,
      cells: ['Run', UNKNOWN, '0', 'no scene completed without the cache'],
    })),
  ]
  return newest(['When', 'Run or scene', 'Duration, s', 'Scenes', 'Status'], [2, 3], rows, {
    total: runs + markCount.failed + markCount.timeout + unmeasuredCount,
    isSample:
      chart.isThinned ||
      marks.length < markCount.failed + markCount.timeout ||
      unmeasured.length < unmeasuredCount,
  })
}

const MARK_WORDS = { failed: 'failed', timeout: 'timeout, stopped at this limit' } as const

function gpuTable({ points, scenes, isThinned }: GpuChart): ChartTable {
  const rows = points.map(({ runId, sceneId, at, gpuName, duration, vramFree, utilization }) => ({
    id: `${runId} ${sceneId}`,
    at,
    cells: [
      sceneName(shortName(sceneId)),
      shortName(gpuName),
      seconds(duration),
      vramFree === undefined ? UNKNOWN : (vramFree / GIGABYTE).toFixed(1),
      utilization === undefined ? UNKNOWN : String(Math.round(utilization)),
    ],
  }))
  return newest(['When', 'Scene', 'GPU', 'Duration, s', 'Free VRAM, GB', 'Busy, %'], [3, 4, 5], rows, {
    total: scenes,
    isSample: isThinned,
  })
}

interface DatedRow {
  readonly id: string
  readonly at: number
  readonly cells: readonly string[]
}

function newest(
  heads: readonly string[],
  numbers: readonly number[],
  rows: readonly DatedRow[],
  all: Required<Pick<ChartTable, 'total' | 'isSample'>>,
): ChartTable {
  return {
    heads: heads.map((text, i) => ({ text, isNumber: numbers.includes(i) })),
    rows: rows
      .toSorted((a, b) => b.at - a.at)
      .slice(0, MAX_ROWS)
      .map(({ id, at, cells }) => ({ id, cells: [formatExact(at), ...cells] })),
    ...all,
  }
}

function ratesTable({ groups, by }: RatesChart): ChartTable {
  const heads = [
    { text: rateWords[by].one },
    ...['Runs', 'Scenes', 'Completed, %', '95 % from', 'to', 'Timeout, %', '95 % from', 'to'].map((text) => ({
      text,
      isNumber: true,
    })),
  ]
  const ordered = by === 'day' ? groups.toSorted((a, b) => (a.key > b.key ? -1 : 1)) : groups
  const rows = ordered.slice(0, MAX_ROWS).map(({ key, label, runs, scenes, success, timeout }) => ({
    id: key,
    cells: [shortName(label), String(runs), String(scenes), ...rateCells(success), ...rateCells(timeout)],
  }))
  return { heads, rows, total: groups.length }
}

const rateCells = ({ count, of, low, high }: RatesChart['groups'][number]['success']): readonly string[] =>
  of === 0 ? [UNKNOWN, UNKNOWN, UNKNOWN] : [percent(count / of), percent(low), percent(high)]

const percent = (share: number): string => (100 * share).toFixed(1)
const seconds = (ms: number): string => (ms / 1_000).toFixed(1)
const nameOf = (name: string | undefined): string => (name === undefined ? 'Run' : shortName(name))
