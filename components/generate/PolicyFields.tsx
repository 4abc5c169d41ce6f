import { useId, useState, type ReactElement } from 'react'
import type { QueuePolicy } from '../../types'

interface Setting {
  readonly name: keyof QueuePolicy
  readonly label: string
  readonly unit: string
  readonly help: string
  readonly step: number
}

const FIRST: readonly Setting[] = [
  {
    name: 'maxWaitSeconds',
    label: 'Max wait',
    unit: 'seconds',
    step: 1,
    help: 'A scene that has not ended so long after it was queued is stopped. 0: no limit.',
  },
  {
    name: 'sceneRetryBudget',
    label: 'Retries per scene',
    unit: 'times',
    step: 1,
    help: 'A scene that failed or was stopped at a limit is queued again at most so often.',
  },
  {
    name: 'delayBetweenScenesSeconds',
    label: 'Delay between scenes',
    unit: 'seconds',
    step: 1,
    help: 'For a GPU that must cool, or is shared.',
  },
  {
    name: 'batchSize',
    label: 'Batch size',
    unit: '',
    step: 1,
    help: 'Written to every input named batch_size. 0: as in the workflow.',
  },
]
const MORE: readonly Setting[] = [
  {
    name: 'pollIntervalSeconds',
    label: 'Poll interval',
    unit: 'seconds',
    step: 0.5,
    help: 'How often the server’s history is asked for the scene.',
  },
  {
    name: 'maxAttempts',
    label: 'Max polls',
    unit: 'polls',
    step: 1,
    help: 'A scene that is not there after so many polls is stopped. 0: no limit.',
  },
  {
    name: 'postExecutionTimeoutSeconds',
    label: 'Time for outputs',
    unit: 'seconds',
    step: 1,
    help: 'How long after its execution a scene’s files may take to appear.',
  },
]

/** The seven settings of a run's policy; those that are seldom changed are folded. */
export function PolicyFields({
  policy,
  onChange,
}: {
  readonly policy: QueuePolicy
  readonly onChange: (policy: QueuePolicy) => void
}): ReactElement {
  const fields = (settings: readonly Setting[]): ReactElement => (
    <div className="tele-fields">
      {settings.map((setting) => (
        <NumberField
          key={setting.name}
          setting={setting}
          value={policy[setting.name]}
          onChange={(value) => onChange({ ...policy, [setting.name]: value })}
        />
      ))}
    </div>
  )
  return (
    <section className="tele-card" aria-labelledby="tele-policy-title">
      <h2 id="tele-policy-title">Limits and retries</h2>
      {fields(FIRST)}
      <details>
        <summary>How the server is watched</summary>
        {fields(MORE)}
      </details>
    </section>
  )
}

function NumberField({
  setting,
  value,
  onChange,
}: {
  readonly setting: Setting
  readonly value: number
  readonly onChange: (value: number) => void
}): ReactElement {
  const { label, unit, help, step } = setting
  const id = useId()
  // What is being typed may not be a number yet.
  const [typed, setTyped] = useState<string>()
  const text = typed ?? String(value)
  const isBad = typed !== undefined && !isGood(typed, step)
  return (
    <div className="tele-field">
      <label htmlFor={id}>
        {label} {unit !== '' && <span className="tele-muted">{unit}</span>}
      </label>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        min={0}
        step={step}
        value={text}
        aria-invalid={isBad}
        aria-describedby={`${id}-help`}
        onChange={(event) => {
          setTyped(event.target.value)
          if (isGood(event.target.value, step)) onChange(Number(event.target.value))
        }}
        onBlur={() => setTyped(undefined)}
      />
      <small id={`${id}-help`} className={isBad ? 'tele-problem' : 'tele-muted'}>
        {isBad ? `A ${step === 1 ? 'whole ' : ''}number from 0 up was expected.` : help}
      </small>
    </div>
  )
}

function isGood(text: string, step: number): boolean {
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value) && value >= 0 && (step !== 1 || Number.isInteger(value))
}
