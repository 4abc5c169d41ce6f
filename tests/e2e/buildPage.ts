import { build } from 'vite'

/** The tests open the page that people open: the built one. */
export default async function buildPage(): Promise<void> {
  await build({ logLevel: 'warn' })
}
