import { existsSync, readFileSync } from 'node:fs'

/**
 * What a part's report says: how many tests passed, failed, and were passed over. A report that isn't there, or holds no test,
 * counts as a failure: a part that ran nothing has shown nothing.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** @param {string} path @param {(text: string) => Counts} read @returns {Counts} */
export function readReport(path, read) {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 }
  const counts = read(readFileSync(path, 'utf8'))
  return counts.passed + counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/** @param {string} text @returns {Counts} */
export function vitestCounts(text) {
  const report = JSON.parse(text)
  const lost = report.success || report.numFailedTests > 0 ? 0 : 1
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + lost,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** @param {string} text @returns {Counts} */
export function junitCounts(text) {
  const number = (/** @type {string} */ name) =>
    [...text.matchAll(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`, 'g'))].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    )
  const failed = number('failures') + number('errors')
  return { passed: number('tests') - failed - number('skipped'), failed, skipped: number('skipped') }
}

/** @param {string} text @returns {Counts} */
export function chaosCounts(text) {
  const { passed, failed } = JSON.parse(text)
  return { passed, failed, skipped: 0 }
}

/** @param {string} text @returns {Counts} */
export function playwrightCounts(text) {
  const { stats, errors } = JSON.parse(text)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}
