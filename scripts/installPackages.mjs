import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './runCommand.mjs'

/**
 * Brings node_modules to what package-lock.json says, if it isn't there yet: a stamp inside it holds the lock's hash.
 * Throws an Error whose message a person can act on.
 *
 * @param {string} root
 */
export async function installPackages(root) {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const hash = createHash('sha256').update(lock).digest('hex')
  const stamp = join(root, 'node_modules', '.gemdirect-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  process.stdout.write('Installing the packages that package-lock.json names…\n')
  const { code } = await runCommand('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root })
  if (code !== 0)
    throw new Error('npm ci failed, see above. Nothing was started; mend that and run the command again.')
  writeFileSync(stamp, hash)
}
