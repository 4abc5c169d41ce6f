import { join } from 'node:path'
import { build, preview } from 'vite'

const OUT = join(process.cwd(), '.cache', 'chaos')

/** Builds and serves the page that a tab of the browser's chaos is. Whoever asked for it closes it. */
export async function servePages(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const common = {
    configFile: false as const,
    root: join(import.meta.dirname, 'page'),
    logLevel: 'warn' as const,
  }
  const input = join(common.root, 'tab.html')
  await build({
    ...common,
    build: { outDir: OUT, emptyOutDir: true, target: 'es2022', rollupOptions: { input } },
  })
  const server = await preview({ ...common, build: { outDir: OUT }, preview: { host: '127.0.0.1', port: 0 } })
  return {
    url: `${server.resolvedUrls?.local[0] ?? ''}tab.html`,
    close: () => server.close(),
  }
}
