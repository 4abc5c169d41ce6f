import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from '../../scripts/findChromium.mjs'
import { connectCdp, type Cdp } from './connectCdp'

/**
 * A Chromium whose tabs are hidden, throttled and frozen as people's are: Playwright keeps every page it drives visible and awake.
 * Whoever started it closes it.
 */
export interface RealBrowser {
  /** Opens a tab in front of the others, which hides them. */
  open(url: string): Promise<RealTab>
  close(): Promise<void>
}
export interface RealTab {
  /** As Playwright's: the function runs in the page, with data in and out. A frozen page answers, but awaits nothing. */
  evaluate<R, A>(body: (argument: A) => R | Promise<R>, argument: A): Promise<R>
  /** Brings it to the front, which hides the others. */
  show(): Promise<void>
  /** Its page and its workers stand still until `thaw`. */
  freeze(): Promise<void>
  thaw(): Promise<void>
  /** Its process dies, and nothing in it can say goodbye. */
  crash(): Promise<void>
  /** Thrown away without being asked. */
  close(): Promise<void>
}

const FLAGS = [
  '--headless=new',
  '--remote-debugging-port=0',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  // A tab that is hidden for ten seconds wakes up once a minute, as it does for people after five minutes.
  '--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/10',
  '--host-resolver-rules=MAP gpu-box 127.0.0.1',
]

export async function startRealBrowser(): Promise<RealBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'real-browser-'))
  const process = spawn(
    findChromium() ?? chromium.executablePath(),
    [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const cdp = await connectCdp(await debuggerOf(process))
  return {
    async open(url) {
      const { targetId } = await cdp.send('Target.createTarget', { url })
      const tab = await tabOf(cdp, String(targetId))
      await tab.show()
      return tab
    },
    async close() {
      const ended = new Promise((resolve) => process.once('exit', resolve))
      await cdp.send('Browser.close').catch(() => process.kill())
      cdp.close()
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function tabOf(cdp: Cdp, targetId: string): Promise<RealTab> {
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: true })
  const send = (method: string, params?: object): ReturnType<Cdp['send']> =>
    cdp.send(method, params, String(sessionId))
  await send('Page.enable')
  return {
    async evaluate<R, A>(body: (argument: A) => R | Promise<R>, argument: A): Promise<R> {
      const expression = `(${body.toString()})(${JSON.stringify(argument)})`
      const answer = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      if (answer.exceptionDetails) throw new Error(`In the page: ${JSON.stringify(answer.exceptionDetails)}`)
      return (answer.result as { value: R }).value
    },
    show: async () => void (await cdp.send('Target.activateTarget', { targetId })),
    freeze: async () => void (await send('Page.setWebLifecycleState', { state: 'frozen' })),
    thaw: async () => void (await send('Page.setWebLifecycleState', { state: 'active' })),
    async crash() {
      // The process that should answer is the one that dies.
      const crashed = cdp.once('Inspector.targetCrashed', String(sessionId))
      void send('Page.crash').catch(() => undefined)
      await crashed
    },
    close: async () => void (await cdp.send('Target.closeTarget', { targetId })),
  }
}

function debuggerOf({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    stderr?.setEncoding('utf8')
    stderr?.on('data', (text: string) => {
      said += text
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve(address)
    })
    stderr?.once('close', () => reject(new Error(`Chromium did not start:\n${said}`)))
  })
}
