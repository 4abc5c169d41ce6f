import { IDBFactory } from 'fake-indexeddb'
import type { ChaosBrowser, OpenBrowser } from './chaosBrowser'
import { createTab, type Tab } from './createTab'
import { describeServices } from './describeServices'
import { readHistory } from './readHistory'

/** Tabs in this process: the real services on real sockets, and a stand-in for IndexedDB. */
export const openNodeBrowser: OpenBrowser = async (url, dbName) => {
  const indexedDB = new IDBFactory()
  const tabs: (Tab | undefined)[] = []
  let moved = 0
  let hasUnknown = false
  let isFull = false

  const open = (): void => {
    const tab = createTab({ url, indexedDB, dbName, now: () => Date.now() + moved })
    const { realtime } = tab.services
    realtime.subscribe(
      () => void (hasUnknown ||= realtime.getSnapshot().gaps.some(({ lost }) => lost === 'unknown')),
    )
    tab.setFull(isFull)
    tabs.push(tab)
  }
  const leave = async (index: number, how: 'kill' | 'close'): Promise<void> => {
    const tab = tabs[index]
    tabs[index] = undefined
    await tab?.[how]()
  }
  const browser: ChaosBrowser = {
    open: async () => open(),
    leave,
    async leaveAll(how) {
      await Promise.all(tabs.map((_, index) => leave(index, how)))
    },
    moveTabClock: async (tab, ms) => tabs[tab]?.moveClock(ms),
    moveClock: async (ms) => void (moved += ms),
    async setFull(next) {
      isFull = next
      for (const tab of tabs) tab?.setFull(next)
    },
    read: () => readHistory(indexedDB, dbName),
    saidUnknown: async () => hasUnknown,
    describe: async () => tabs.flatMap((tab) => (tab ? describeServices(tab.services) : [])),
    close: () => browser.leaveAll('close'),
  }
  return browser
}
