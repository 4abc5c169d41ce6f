import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Where a ComfyUI without a user folder lets the node keep its journal: inside the node. */
const JOURNAL = 'gemdirect_telemetry.sqlite3'

/**
 * Puts the node and the built dashboard at `target`, in place of what was there: a file that was taken out of the node must not stay
 * behind. A journal stays.
 *
 * @param {string} root  the repository
 * @param {string} target
 */
export function copyNode(root, target) {
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(target)) {
    if (!name.startsWith(JOURNAL)) rmSync(join(target, name), { recursive: true, force: true })
  }
  cpSync(join(root, 'comfyui_nodes', 'gemdirect_telemetry'), target, {
    recursive: true,
    filter: (path) => !/__pycache__|\.mypy_cache/.test(path),
  })
  cpSync(join(root, 'dist'), join(target, 'ui'), { recursive: true })
}
