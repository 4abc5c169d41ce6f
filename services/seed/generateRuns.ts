import type { HistoricalRun, HistoricalSceneMetrics, RunEnvironment, RunStatus } from '../../types'
import { normalizeRun } from '../history/mergeRun'
import { createRandom, type Random } from '../shared/createRandom'
import { generateScene, SEED_SOURCE, type SeedWorld } from './generateScene'
import { chance, pick } from './seedDraw'
import { SEED_GPUS, SEED_POLICIES, SEED_TAGS, SEED_VERSIONS, SEED_WORDS, SEED_WORKFLOWS } from './seedTables'

/**
 * A history for benches, tests and demonstrations, oldest run first: runs of 4 scenes, one every 20 minutes up to `lastAt`; durations
 * with log-noise 0.3 and one step of a third in the middle, where the driver changed; 5 % independent failures of mixed kinds; three
 * GPUs, two workflows, three policies; notes of 80 characters. The same arguments give the same runs, as the history stores them.
 */
export function* generateRuns(
  count: number,
  seed: number,
  { lastAt = LAST_AT, step = STEP, stepAt = STEP_AT }: SeedOptions = {},
): Generator<HistoricalRun> {
  const random = createRandom(seed)
  for (let index = 0; index < count; index++) {
    const timestamp = lastAt - (count - 1 - index) * EVERY_MS
    const share = index / count
    const usual = USUAL_MS * (share >= stepAt ? step : 1)
    yield runOf(`${seed}-${String(index).padStart(7, '0')}`, timestamp, worldOf(share, usual, random), random)
  }
}

export interface SeedOptions {
  /** Time of the newest run, epoch ms. */
  readonly lastAt?: number
  /** How many times as long scenes take from `stepAt` (share of the runs) on. */
  readonly step?: number
  readonly stepAt?: number
}

const SCENES = 4
const LAST_AT = Date.UTC(2026, 0, 1)
const EVERY_MS = 1_200_000
const USUAL_MS = 80_000
const STEP_AT = 0.5
const STEP = 4 / 3
const STORIES = 40
const NOTES_LENGTH = 80
const TAGGED = 0.2

function runOf(id: string, timestamp: number, world: SeedWorld, random: Random): HistoricalRun {
  const scenes: HistoricalSceneMetrics[] = []
  for (let index = 1; index <= SCENES; index++) {
    const name = { sceneId: `scene-${index}`, promptId: `${id}-${index}` }
    scenes.push(generateScene(name, scenes.at(-1)?.endedAt ?? timestamp, world, random))
  }
  const story = Math.floor(random.next() * STORIES) + 1
  const run: HistoricalRun = {
    runId: `run-${id}`,
    timestamp,
    scenes,
    fallbackCount: 0,
    runName: `Story ${story}`,
    storyId: `story-${story}`,
    endedAt: scenes.at(-1)?.endedAt ?? timestamp,
    status: statusOf(scenes),
    sceneCount: SCENES,
    source: SEED_SOURCE,
    policy: world.policy,
    notes: notesOf(random),
  }
  return normalizeRun(chance(TAGGED, random) ? { ...run, tags: [pick(SEED_TAGS, random)] } : run)
}

function worldOf(share: number, usual: number, random: Random): SeedWorld {
  const gpu = pick(SEED_GPUS, random)
  const environment: RunEnvironment = {
    ...pick(SEED_WORKFLOWS, random),
    gpuName: gpu.name,
    gpuDriver: versionAt(SEED_VERSIONS.gpuDriver, share),
    comfyVersion: versionAt(SEED_VERSIONS.comfyVersion, share),
    torchVersion: versionAt(SEED_VERSIONS.torchVersion, share),
  }
  return {
    environment,
    gpu,
    policy: pick(SEED_POLICIES, random),
    usual,
    isTimed: chance(0.1, random),
  }
}

function versionAt(versions: readonly (readonly [number, string])[], share: number): string {
  return versions.findLast(([from]) => share >= from)?.[1] ?? ''
}

function statusOf(scenes: readonly HistoricalSceneMetrics[]): RunStatus {
  return scenes.some(({ status }) => status === 'success') ? 'completed' : 'failed'
}

function notesOf(random: Random): string {
  let notes = ''
  while (notes.length < NOTES_LENGTH) notes += `${pick(SEED_WORDS, random)} `
  return notes.slice(0, NOTES_LENGTH)
}
