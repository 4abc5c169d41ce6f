import { useEffect, useRef, useState, type FormEvent, type ReactElement, type RefObject } from 'react'
import type { RetentionRules } from '../../types'
import { formatStorage } from '../../utils/format/formatBytes'
import { count, whole } from '../../utils/format/formatCount'
import { retentionRules, type RetentionDraft } from '../../utils/history/retentionRules'
import { useRetention } from '../../utils/hooks'

const FIELDS = [
  { name: 'days', label: 'Older than', unit: 'days' },
  { name: 'runs', label: 'All but the newest', unit: 'runs' },
  { name: 'megabytes', label: 'The oldest, down to', unit: 'MB' },
] as const

/** Deletes old runs by age, number or room, after saying what would go; with `keep` it says so at once, for that number. */
export function RetentionForm({ keep }: { readonly keep?: number | undefined }): ReactElement {
  const [draft, setDraft] = useState<RetentionDraft>({
    ...NO_RULES,
    runs: keep === undefined ? '' : `${keep}`,
  })
  const { state, look, confirm, reset } = useRetention()
  const form = useRef<HTMLFormElement>(null)
  useAskedFor(keep, form, look)
  const rules = retentionRules(draft)
  const change = (part: Partial<RetentionDraft>): void => {
    setDraft({ ...draft, ...part })
    reset()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (rules.ok) void look(rules.value)
  }
  return (
    <form ref={form} className="tele-retention" onSubmit={submit} aria-labelledby="tele-retention-title">
      <h3 id="tele-retention-title">Delete old runs</h3>
      {FIELDS.map(({ name, label, unit }) => (
        <label key={name}>
          <span>{label}</span>
          <input
            inputMode="decimal"
            value={draft[name]}
            onChange={({ target }) => change({ [name]: target.value })}
          />
          <span className="tele-muted">{unit}</span>
        </label>
      ))}
      <label>
        <input
          type="checkbox"
          checked={draft.keepTagged}
          onChange={({ target }) => change({ keepTagged: target.checked })}
        />
        Keep runs that have a tag
      </label>
      <p className="tele-actions">
        <button type="submit" className="tele-button" aria-disabled={!rules.ok}>
          See what would go
        </button>
        {!rules.ok && <span className="tele-muted">{rules.error}</span>}
      </p>
      <Outcome state={state} onConfirm={() => void confirm()} onCancel={reset} />
    </form>
  )
}

const NO_RULES: RetentionDraft = { days: '', runs: '', megabytes: '', keepTagged: true }

function useAskedFor(
  keep: number | undefined,
  form: RefObject<HTMLFormElement | null>,
  look: (rules: RetentionRules) => Promise<void>,
): void {
  const isAsked = useRef(false)
  useEffect(() => {
    if (keep === undefined || isAsked.current) return
    isAsked.current = true
    form.current?.scrollIntoView()
    void look({ maxRuns: keep, keepTagged: true })
  }, [keep, form, look])
}

function Outcome(props: {
  readonly state: ReturnType<typeof useRetention>['state']
  readonly onConfirm: () => void
  readonly onCancel: () => void
}): ReactElement {
  const { state, onConfirm, onCancel } = props
  const isChoice = state.status === 'found' && state.runIds.length > 0
  return (
    <>
      <p role="status">{wordsOf(state)}</p>
      {isChoice && (
        <p className="tele-actions">
          <button type="button" className="tele-button tele-button-danger" onClick={onConfirm}>
            Delete {count(state.runIds.length, 'run')}
          </button>
          <button type="button" className="tele-button" onClick={onCancel}>
            Keep them
          </button>
        </p>
      )}
    </>
  )
}

function wordsOf(state: ReturnType<typeof useRetention>['state']): string {
  switch (state.status) {
    case 'idle':
      return ''
    case 'busy':
      return state.what === 'looking' ? 'Looking…' : 'Deleting…'
    case 'found':
      return state.runIds.length === 0
        ? 'Nothing would be deleted.'
        : `Would delete ${amount(state.runIds.length, state.bytes)}.${tagged(state.rules)}`
    case 'done':
      return `Deleted ${amount(state.runs, state.bytes)}.${sparedWords(state.spared)}`
    case 'failed':
      return state.message
  }
}

const amount = (runs: number, bytes: number): string => `${count(runs, 'run')}, about ${formatStorage(bytes)}`

const sparedWords = (spared: number): string =>
  spared === 0 ? '' : ` ${whole(spared)} of those that were counted did not have to go any more.`

/** What the rules mean for runs that somebody marked. */
const tagged = ({ keepTagged }: RetentionRules): string =>
  keepTagged ? ' Runs with tags are kept.' : ' Runs with tags are among them.'
