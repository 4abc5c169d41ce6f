/** What a run of chaos does, as data: made from a seed, printed when it fails. Times in ms. */
export interface FaultPlan {
  readonly seed: number
  readonly steps: readonly Step[]
}
export type Step = { readonly at: number } & Deed
export type Deed =
  /** The story. Prompts are named by their place in the plan. */
  | { readonly do: 'queue'; readonly prompt: PlannedPrompt }
  | { readonly do: 'interrupt' }
  | { readonly do: 'delete'; readonly prompt: string }
  | {
      readonly do: 'outcome'
      readonly prompt: string
      readonly runId: string
      readonly sceneId: string
      readonly reason: ToldReason
    }
  | { readonly do: 'run'; readonly runId: string; readonly event: 'begin' | 'stopped' | 'ended' }
  /** The wire. */
  | { readonly do: 'wire'; readonly faults: WireFaults }
  | { readonly do: 'cut' }
  /** The server. */
  | { readonly do: 'restart'; readonly downMs: number; readonly journal: 'kept' | 'lost' }
  | { readonly do: 'server-clock'; readonly ms: number }
  /** The tabs, named by their place in the order of opening. */
  | { readonly do: 'open' }
  | { readonly do: 'kill' | 'close'; readonly tab: number }
  | { readonly do: 'tab-clock'; readonly tab: number; readonly ms: number }
  | { readonly do: 'browser-clock'; readonly ms: number }
  | { readonly do: 'full'; readonly forMs: number }

export type ToldReason = 'maxWait' | 'attemptLimit' | 'postExecution' | 'rejected'
export interface PlannedPrompt {
  readonly promptId: string
  readonly end: 'success' | 'error' | 'outOfMemory'
  /** Absent: nobody labelled it. */
  readonly label?: {
    readonly runId: string
    readonly sceneId: string
    readonly runName: string
    readonly sceneCount?: number
    readonly policy?: object
  }
}

/** Of each frame, or each answer, the share that goes wrong so; the rest passes. */
export interface WireFaults {
  readonly frame: Readonly<Record<FrameFault, number>>
  readonly http: Readonly<Record<HttpFault, number>>
}
export type FrameFault = 'drop' | 'duplicate' | 'swap' | 'delay' | 'truncate' | 'corrupt' | 'cut'
export type HttpFault = 'refuse' | 'slow' | 'status' | 'truncate' | 'cut'

export const CALM: WireFaults = {
  frame: { drop: 0, duplicate: 0, swap: 0, delay: 0, truncate: 0, corrupt: 0, cut: 0 },
  http: { refuse: 0, slow: 0, status: 0, truncate: 0, cut: 0 },
}
