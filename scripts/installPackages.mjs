import { statSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './runCommand.mjs'

/**
 * Brings node_modules to what package-lock.json says, unless npm wrote them after it. Throws an Error whose message a person can act on.
 *
 * @param {string} root
 */
export async function installPackages(root) {
  // npm's own note of what it installed, written last.
  const installed = writtenAt(join(root, 'node_modules', '.package-lock.json'))
  if (installed > 0 && installed >= writtenAt(join(root, 'package-lock.json'))) return
  process.stdout.write('Installing the packages that package-lock.json names…\n')
  const { code } = await runCommand('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root })
  if (code !== 0)
    throw new Error('npm ci failed, see above. Nothing was started; mend that and run the command again.')
}

const writtenAt = (/** @type {string} */ path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
