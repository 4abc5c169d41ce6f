import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findChromium } from '../../scripts/findChromium.mjs'
import { junitCounts, playwrightCounts, readReport, vitestCounts } from '../../scripts/readReports.mjs'

const folder = mkdtempSync(join(tmpdir(), 'reports-'))

describe('the closing line of npm test', () => {
  it('counts a flaky browser test and an error outside of tests as failed', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] }
    expect(playwrightCounts(JSON.stringify(report))).toEqual({ passed: 5, failed: 3, skipped: 2 })
  })
  it('counts a unit run that failed without a failed test, as one whose file does not load', () => {
    const report = {
      success: false,
      numPassedTests: 3,
      numFailedTests: 0,
      numPendingTests: 1,
      numTodoTests: 1,
    }
    expect(vitestCounts(JSON.stringify(report))).toEqual({ passed: 3, failed: 1, skipped: 2 })
  })
  it('adds up the suites of a Python report', () => {
    const xml =
      '<testsuite name="a" errors="1" failures="2" skipped="1" tests="9"/><testsuite name="b" errors="0" failures="0" skipped="0" tests="3"/>'
    expect(junitCounts(xml)).toEqual({ passed: 8, failed: 3, skipped: 1 })
  })
  it('counts a part that left no report, or ran nothing, as failed', () => {
    expect(readReport(join(folder, 'none.json'), vitestCounts)).toMatchObject({ failed: 1 })
    const empty = join(folder, 'empty.json')
    writeFileSync(
      empty,
      JSON.stringify({
        success: true,
        numPassedTests: 0,
        numFailedTests: 0,
        numPendingTests: 0,
        numTodoTests: 0,
      }),
    )
    expect(readReport(empty, vitestCounts)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('looking for a Chromium', () => {
  it('takes the one that is named before any other, and none that isn’t there', () => {
    const named = join(folder, 'my-chromium')
    writeFileSync(named, '')
    expect(findChromium({ CHROMIUM_PATH: named, PATH: '' })).toBe(named)
    expect(findChromium({ CHROMIUM_PATH: join(folder, 'gone'), PATH: folder })).not.toBe(join(folder, 'gone'))
  })
})
