import { spawn } from 'node:child_process'

const COMMANDS = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
})

/** Opens the address in the person's browser; where there is none, the address on the screen has to do. @param {string} url */
export function openBrowser(url) {
  const [command = 'xdg-open', ...args] = COMMANDS[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
