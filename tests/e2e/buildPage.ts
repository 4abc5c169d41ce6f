import { join } from 'node:path'
import { build } from 'vite'

/** Where the pages that only the tests need are built to. */
export const TEST_PAGES = join(process.cwd(), '.cache', 'e2e')

/** The tests open the page that people open: the built one. */
export default async function buildPage(): Promise<void> {
  await build({ logLevel: 'warn' })
  const root = join(import.meta.dirname, 'pages')
  const input = join(root, 'mounts.html')
  await build({
    root,
    configFile: join(process.cwd(), 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: TEST_PAGES, emptyOutDir: true, rollupOptions: { input } },
  })
}
