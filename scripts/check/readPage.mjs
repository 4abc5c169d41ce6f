import { WAIT_MS } from './waitFor.mjs'

/** What the row of the told story lacks in the page's list. @param {import('@playwright/test').Page} page */
export async function pageProblems(page) {
  await page.evaluate(() => (location.hash = '#/history'))
  const row = page.getByRole('row', { name: /Check/ })
  await row.waitFor({ timeout: WAIT_MS })
  const text = (await row.textContent()) ?? ''
  await page.evaluate(() => (location.hash = '#/live'))
  return text.includes('3/7') ? [] : [`the row reads "${text}"`]
}

/** Every scene that the page's database has. @param {import('@playwright/test').Page} page @returns {Promise<any[]>} */
export function savedScenes(page) {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name)
    if (!names.includes('gemdirect1-telemetry')) return []
    const db = await new Promise((resolve, reject) => {
      const request = indexedDB.open('gemdirect1-telemetry')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    return new Promise((resolve, reject) => {
      const request = db.transaction('scenes').objectStore('scenes').getAll()
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    }).finally(() => db.close())
  })
}
