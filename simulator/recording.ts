import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A recording of a stock server, and what it would have answered at each time of it; ms since it began. */
export interface Recording {
  /** What the client of this id was sent; who is nobody's client heard what a bystander heard. */
  frames(clientId: string): readonly RecordedFrame[]
  queue(at: number): unknown
  history(at: number): readonly (readonly [string, unknown])[]
  stats(at: number): unknown
  /** The server's clock when it began, epoch ms. */
  readonly beganAt: number
  /** Every `POST /prompt`, with its answer. */
  readonly prompts: readonly RecordedPrompt[]
}
export interface RecordedFrame {
  readonly at: number
  readonly text: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }
}
export interface RecordedPrompt {
  readonly at: number
  readonly label: string
  readonly status?: number
  readonly request?: Readonly<Record<string, unknown>>
  readonly response: Readonly<Record<string, unknown>>
}
interface Prompt {
  readonly item: readonly unknown[]
  readonly queuedAt: number
  readonly startedAt: number
  readonly endedAt: number
  readonly entry: unknown
}
type Entry = {
  readonly prompt: readonly unknown[]
  readonly status: { readonly messages: readonly [string, { timestamp: number }][] }
}

/** Reads a folder of `ws.jsonl` and its like. Throws when it holds no recording. */
export function readRecording(folder: string): Recording {
  const own: readonly RecordedFrame[] = readLines(join(folder, 'ws.jsonl'))
  const bystander = join(folder, 'ws-bystander.jsonl')
  const others: readonly RecordedFrame[] = existsSync(bystander) ? readLines(bystander) : own
  const stats: readonly { at: number; body: unknown }[] = readLines(join(folder, 'system-stats.jsonl'))
  const posted: readonly RecordedPrompt[] = readLines(join(folder, 'prompts.jsonl'))
  const history: Readonly<Record<string, Entry>> = JSON.parse(
    readFileSync(join(folder, 'history.json'), 'utf8'),
  )
  const start = own.find(({ text }) => text.type === 'execution_start')
  const beganAt = Number(start?.text.data.timestamp) - Number(start?.at)
  const owner = own[0]?.text.data.sid
  const prompts = posted
    .filter(({ status = 200 }) => status === 200)
    .map((post) => promptOf(post, history, own, beganAt))
  return {
    beganAt,
    prompts: posted,
    frames: (clientId) => (clientId === owner ? own : others),
    stats: (at) => (stats.findLast((each) => each.at <= at) ?? stats[0])?.body,
    queue: (at) => ({
      queue_running: prompts
        .filter((each) => each.startedAt <= at && at < each.endedAt)
        .map(({ item }) => item),
      queue_pending: prompts
        .filter((each) => each.queuedAt <= at && at < each.startedAt)
        .map(({ item }) => item),
    }),
    history: (at) =>
      prompts
        .filter(({ entry, endedAt }) => entry !== undefined && endedAt <= at)
        .sort((a, b) => a.endedAt - b.endedAt)
        .map(({ item, entry }) => [String(item[1]), entry] as const),
  }
}

/** A prompt that has no entry was deleted at the first time the queue shrank after it. */
function promptOf(
  { at, request, response }: RecordedPrompt,
  history: Readonly<Record<string, Entry>>,
  frames: readonly RecordedFrame[],
  beganAt: number,
): Prompt {
  const promptId = String(response.prompt_id)
  const entry = history[promptId]
  if (!entry) {
    const endedAt = firstShrinkAfter(at, frames)
    const item = [response.number, promptId, request?.prompt, request?.extra_data, []]
    return { item, queuedAt: at, startedAt: endedAt, endedAt, entry }
  }
  const times = entry.status.messages.map(([, { timestamp }]) => timestamp - beganAt)
  const over = frames.find(
    ({ text: { type, data } }) => type === 'executing' && data.node === null && data.prompt_id === promptId,
  )
  const ended = Math.max(...times)
  const endedAt =
    over?.at ?? frames.find((frame) => frame.at >= ended && frame.text.type === 'status')?.at ?? ended
  return { item: entry.prompt, queuedAt: at, startedAt: Math.max(at, Math.min(...times)), endedAt, entry }
}

function firstShrinkAfter(at: number, frames: readonly RecordedFrame[]): number {
  const sizes = frames
    .filter(({ text }) => text.type === 'status')
    .map((frame) => [frame.at, sizeIn(frame)] as const)
  return sizes.find(([time, size], index) => time >= at && size < (sizes[index - 1]?.[1] ?? 0))?.[0] ?? at
}

function sizeIn({ text: { data } }: RecordedFrame): number {
  const status = data.status as { exec_info: { queue_remaining: number } }
  return status.exec_info.queue_remaining
}

function readLines<T>(path: string): readonly T[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): T => JSON.parse(line))
}
