import type { HistoryContent } from './compareWithJournal'

/** The tabs that share one machine's clock, one storage and one wire; real ones, or what stands for them in this process. */
export interface ChaosBrowser {
  open(): Promise<void>
  /** Tabs are named by their place in the order of opening; one that is gone already is passed over. */
  leave(tab: number, how: 'kill' | 'close'): Promise<void>
  leaveAll(how: 'kill' | 'close'): Promise<void>
  /** Sets a tab's clock apart from the machine's. */
  moveTabClock(tab: number, ms: number): Promise<void>
  moveClock(ms: number): Promise<void>
  setFull(isFull: boolean): Promise<void>
  read(): Promise<HistoryContent>
  /** Whether any of its pages ever said that something can't be known. */
  saidUnknown(): Promise<boolean>
  /** What each page that is still open says of itself. */
  describe(): Promise<readonly string[]>
  close(): Promise<void>
}

/** `url` is the server's, by the wire. */
export type OpenBrowser = (url: string, dbName: string) => Promise<ChaosBrowser>
