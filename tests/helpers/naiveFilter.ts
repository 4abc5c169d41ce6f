import type {
  FilterExpression,
  HistoricalRun,
  HistoricalSceneMetrics,
  TelemetryFilter,
  When,
} from '../../types'

/**
 * What docs say a filter matches, said as plainly as it can be and as slowly as it may: the oracle of the service and of the columns.
 * It shares no code with them.
 */
export function naiveMatches(run: HistoricalRun, filter: TelemetryFilter, now: number): boolean {
  const scenes: readonly (Scene | undefined)[] = run.scenes.length === 0 ? [undefined] : run.scenes
  return scenes.some((scene) => isTrue({ and: groupOf(filter) }, run, scene, now))
}

type Scene = HistoricalSceneMetrics

/** The members and the expression are one AND group; an empty list, range or text is as absent. */
function groupOf(filter: TelemetryFilter): readonly FilterExpression[] {
  const group: FilterExpression[] = filter.expression ? [filter.expression] : []
  const oneOf = (field: 'status', values: readonly string[] = []): void => {
    if (values.length > 0) group.push({ or: values.map((value) => ({ field, op: 'is', value })) })
  }
  const within = (field: 'duration' | 'attempts', range: { min?: number; max?: number } = {}): void => {
    if (Number.isFinite(range.min) || Number.isFinite(range.max)) group.push({ field, ...range })
  }
  const lists = {
    status: 'status',
    exitReason: 'reason',
    gpuModel: 'gpu',
    sceneIds: 'scene',
    storyIds: 'story',
  }
  for (const [member, field] of Object.entries({ ...lists, runIds: 'run', tags: 'tag', source: 'source' }))
    oneOf(field as 'status', filter[member as 'tags'])
  within('duration', filter.duration)
  within('attempts', filter.attempts)
  const { from, to } = filter.dateRange ?? {}
  if (from !== undefined) group.push({ field: 'date', after: from })
  if (to !== undefined) group.push({ field: 'date', before: to })
  if (filter.text) group.push({ field: 'text', op: 'contains', value: filter.text })
  if (filter.errorPattern) group.push({ field: 'error', op: 'regex', value: filter.errorPattern })
  return group
}

function isTrue(e: FilterExpression, run: HistoricalRun, scene: Scene | undefined, now: number): boolean {
  if ('and' in e) return e.and.every((each) => isTrue(each, run, scene, now))
  if ('or' in e) return e.or.some((each) => isTrue(each, run, scene, now))
  if ('not' in e) {
    const scenes = run.scenes.length === 0 ? [undefined] : run.scenes
    return !scenes.some((each) => isTrue(e.not, run, each, now))
  }
  const values = valuesOf(e.field, run, scene)
  if ('op' in e) return values.some((value) => isText(value, e.op, e.value))
  if (e.field === 'date' && ('after' in e || 'before' in e)) {
    const { after, before } = e as { after?: When; before?: When }
    const isLate = after === undefined || run.timestamp >= timeOf(after, now)
    return isLate && (before === undefined || run.timestamp < timeOf(before, now))
  }
  const { min, max } = { min: undefined, max: undefined, ...e }
  return values.some((value) => isWithin(value, finite(min), finite(max)))
}

const timeOf = (when: When, now: number): number => (typeof when === 'number' ? when : now - when.ago)
const finite = (bound: number | undefined): number | undefined => (Number.isFinite(bound) ? bound : undefined)

/** A text has no bounds: a range without any asks whether there is one. */
function isWithin(value: string | number, min: number | undefined, max: number | undefined): boolean {
  if (typeof value === 'string') return min === undefined && max === undefined
  return (min === undefined || value >= min) && (max === undefined || value <= max)
}

/** A number has no text: it is the number that is written, or there at all. */
function isText(value: string | number, op: 'is' | 'glob' | 'contains' | 'regex', wanted: string): boolean {
  if (typeof value === 'number')
    return op === 'is'
      ? /^\d+(\.\d+)?$/.test(wanted) && Number(wanted) === value
      : op === 'glob' && /^\*+$/.test(wanted)
  switch (op) {
    case 'is':
      return plain(value) === plain(wanted)
    case 'contains':
      return plain(value).includes(plain(wanted))
    case 'glob':
      return regexOf(`^${globSource(wanted)}$`, 's').test(plain(value))
    case 'regex':
      return regexOf(wanted.replace('(?i)', ''), 'i').test(value)
  }
}

/** Remembered, for millions of questions are asked of some thousand texts. */
const plainTexts = new Map<string, string>()
function plain(text: string): string {
  const known = plainTexts.get(text) ?? plainOf(text)
  plainTexts.set(text, known)
  return known
}

function plainOf(text: string): string {
  const bare = text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
  return bare.replace(/ς/g, 'σ').normalize('NFC')
}

const regexes = new Map<string, RegExp>()
function regexOf(source: string, flags: string): RegExp {
  const known = regexes.get(flags + source) ?? new RegExp(source, flags)
  regexes.set(flags + source, known)
  return known
}

function globSource(glob: string): string {
  let source = ''
  for (let at = 0; at < glob.length; at++) {
    const isEscape = glob[at] === '\\' && (glob[at + 1] === '*' || glob[at + 1] === '\\')
    if (glob[at] === '*') source += '.*'
    else source += plain(glob[isEscape ? ++at : at] ?? '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  }
  return source
}

type Values = Readonly<Record<string, readonly (string | number | undefined)[]>>
const values = new WeakMap<HistoricalRun, Map<Scene | undefined, Values>>()

function valuesOf(field: string, run: HistoricalRun, scene: Scene | undefined): readonly (string | number)[] {
  const ofRun = values.get(run) ?? new Map<Scene | undefined, Values>()
  values.set(run, ofRun)
  const all = ofRun.get(scene) ?? allValues(run, scene)
  ofRun.set(scene, all)
  return (all[field] ?? []).filter((value) => value !== undefined)
}

function allValues(run: HistoricalRun, scene: Scene | undefined): Values {
  return {
    ...(scene ? sceneValues(scene) : {}),
    run: [run.runId],
    name: [run.runName],
    story: [run.storyId],
    tag: run.tags ?? [],
    source: [run.source],
    date: [run.timestamp],
    success: [run.successRate],
    policy: policyOf(run),
    text: [
      ...[run.notes, run.runName, run.runId, run.storyId],
      ...(run.tags ?? []),
      ...run.scenes.map((each) => each.sceneId),
      ...run.scenes.map((each) => each.error?.message),
    ],
  }
}

function sceneValues(scene: Scene): Record<string, readonly (string | number | undefined)[]> {
  const { workflowHash, models = [], width, height, steps } = scene.environment ?? {}
  return {
    status: [scene.status],
    reason: [scene.exitReason],
    gpu: [scene.gpuName],
    duration: [scene.duration],
    attempts: [scene.attempts],
    scene: [scene.sceneId],
    error: [scene.error?.message],
    vram: [scene.gpuVramFree],
    cached: [scene.cached],
    workflow: [workflowHash],
    model: models,
    size: width !== undefined && height !== undefined ? [`${width}x${height}`] : [],
    steps: [steps],
    node: [scene.error?.nodeType, ...(scene.nodeTimes ?? []).map((node) => node.nodeType)],
    cold: scene.cold === undefined ? [] : [`${scene.cold}`],
  }
}

function policyOf({ policy }: HistoricalRun): readonly string[] {
  if (policy === undefined) return []
  const limits = Object.entries(policy).map(([name, limit]) => `${name}=${limit}`)
  return [...limits, limits.join(' ')]
}
