import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build, preview } from 'vite'
import { findChromium } from '../scripts/findChromium.mjs'
import type { BenchRow, MeasuredRow } from './measure'
import { C1, C2 } from './rows/charts'
import { closeLargeHistory } from './largeHistory'
import { F1, F2, F3, F4 } from './rows/filter'
import { H1, H6, H6b, H7 } from './rows/historyPage'
import { H3, H4, H5, H8, H9 } from './rows/history'
import { L1, L5 } from './rows/live'
import { L2, L3, L6, L7 } from './rows/livePage'
import { N1, N2, N3 } from './rows/node'
import { L4 } from './rows/recording'
import { S1, S2 } from './rows/size'
import { A2a, A3a } from './rows/trend'
import { L8 } from './rows/hidden'

const ROWS: readonly BenchRow[] = [
  L1,
  L2,
  L3,
  L4,
  L5,
  L6,
  L7,
  L8,
  H1,
  H3,
  H4,
  H5,
  H6,
  H6b,
  H7,
  H8,
  H9,
  F1,
  F2,
  F3,
  F4,
  C1,
  C2,
  A2a,
  A3a,
  S1,
  S2,
  N1,
  N2,
  N3,
]
const PAGES = import.meta.dirname + '/pages'
const OUT = join(import.meta.dirname, '..', '.cache', 'bench')

/** Measures the rows that were asked for (all, without `--only`), prints a table, writes `--json`. */
export async function runBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'string' }, only: { type: 'string' }, profile: { type: 'string' } },
  })
  const only = values.only?.split(',')
  const chosen = ROWS.filter(({ id }) => only === undefined || only.includes(id))
  if (chosen.length === 0)
    throw new Error(`There is no such row. There are: ${ROWS.map(({ id }) => id).join(', ')}.`)
  const server = await servePages()
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    ...(executablePath ? { executablePath } : {}),
  })
  const measured: MeasuredRow[] = []
  try {
    for (const { id, measure } of chosen) {
      process.stderr.write(`${id}…\n`)
      const { profile } = values
      const rows = await measure({ browser, pages: server.url, ...(profile && { profile }) })
      measured.push(...rows)
      for (const row of rows) process.stderr.write(`${lineOf(row)}\n`)
    }
  } finally {
    await closeLargeHistory()
    await browser.close()
    await server.close()
  }
  process.stdout.write(`${tableOf(measured)}\n`)
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ rows: measured }, null, 2)}\n`)
}

/** Built, as people load it. */
async function servePages(): Promise<{ url: string; close(): Promise<void> }> {
  const common = { configFile: false as const, root: PAGES, logLevel: 'warn' as const, plugins: [react()] }
  const input = ['badges', 'charts', 'dashboard', 'history', 'live', 'plainHistory', 'recording'].map(
    (name) => join(PAGES, `${name}.html`),
  )
  const worker = { format: 'es' as const }
  await build({
    ...common,
    worker,
    build: { outDir: OUT, emptyOutDir: true, target: 'es2022', rollupOptions: { input } },
  })
  const server = await preview({
    ...common,
    build: { outDir: OUT },
    preview: { host: '127.0.0.1', port: 4179 },
  })
  return { url: server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '', close: () => server.close() }
}

function tableOf(rows: readonly MeasuredRow[]): string {
  return ['| row | measured | value | bar | |', '|-|-|-|-|-|', ...rows.map(lineOf)].join('\n')
}

const lineOf = ({ id, name, value, unit, bar, holds }: MeasuredRow): string =>
  `| ${id} | ${name} | ${round(value)} ${unit} | ≤ ${bar} ${unit} | ${holds ? 'holds' : 'falls short'} |`

const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2))
