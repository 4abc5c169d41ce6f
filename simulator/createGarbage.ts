import type { Journal } from './createJournal'

/** Frames that no server should send, one kind after another, round and round. */
export interface Garbage {
  next(): string | Uint8Array
}

/** None of them says anything: what is kept of a garbled stream is what the true frames tell. */
export function createGarbage(journal: Journal): Garbage {
  const said = (change: object): string => JSON.stringify({ ...journal.after(0, 1)[0], ...change })
  const kinds: readonly (() => string | Uint8Array)[] = [
    () => 'this is not JSON',
    () => '{"type":"update","sceneId":"cut off',
    () => '',
    () => new Uint8Array([0, 255, 123, 125, 0]),
    () => `"${'x'.repeat(HUGE)}"`,
    () => `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
    () => `{"type":"update","environment":${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}`,
    () => '[null, 7, "text", true, [], [[]]]',
    () => said({ type: 7 }),
    () => said({ type: 'weather' }),
    () => said({ seq: 'first' }),
    () => said({ timestamp: 'now' }),
    () => said({ status: 'paused' }),
    () => said({ sceneId: { toString: 'scene-001' } }),
    () => said({ gpuVramFree: -1, gpuUtilization: 4_000 }),
    () => '{"type":"update","sceneId":"scene-001","timestamp":NaN,"status":"queued"}',
    () => '{"type":"update","sceneId":"scene-001","timestamp":1e999,"status":"queued"}',
    () => '{"type":"__proto__"}',
    () => '{"type":"constructor","__proto__":{"polluted":true}}',
    () => '{"__proto__":{"type":"update"},"constructor":{"prototype":{"polluted":true}}}',
    // Said before, and another story told under a number that is taken.
    () => JSON.stringify(journal.after(Math.max(0, journal.newest - 1), 1)),
    () => JSON.stringify(journal.after(0, 100)),
    () => said({ sceneId: 'never-was', runId: 'never-was', promptId: 'never-was', status: 'completed' }),
  ]
  let turn = 0
  return { next: () => kinds[turn++ % kinds.length]?.() ?? '' }
}

/** Longer than any true frame; deeper than a walk by recursion goes. */
const HUGE = 3 * 2 ** 20
const DEEP = 50_000
