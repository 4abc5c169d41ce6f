import { useState, type DragEvent, type ReactElement } from 'react'
import type { PromptGraph } from '../../types'
import { count } from '../../utils/format/formatCount'
import { placeKey, type GenerateDraft, type ReadDraft } from '../../utils/hooks'

/** The workflow, pasted, chosen or dropped, and where in it a scene's text goes. */
export function WorkflowField(props: {
  readonly draft: GenerateDraft
  readonly read: ReadDraft
  readonly onChange: (part: Partial<GenerateDraft>) => void
}): ReactElement {
  const { draft, read, onChange } = props
  const [isOver, setOver] = useState(false)
  const take = (file: File | undefined): void =>
    void file?.text().then((workflow) => onChange({ workflow, ...nameOf(file, draft) }))
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <section className="tele-card" aria-labelledby="tele-workflow-title">
      <h2 id="tele-workflow-title">Workflow</h2>
      <p className="tele-muted" id="tele-workflow-help">
        In API format: in ComfyUI, Workflow → Export (API). Paste it, drop the file on the field, or choose
        it.
      </p>
      <textarea
        aria-label="Workflow in API format"
        aria-describedby="tele-workflow-help tele-workflow-said"
        aria-invalid={read.graph?.ok === false}
        rows={read.graph?.ok ? 3 : 6}
        spellCheck={false}
        value={draft.workflow}
        className={isOver ? 'tele-drop-here' : ''}
        onChange={(event) => onChange({ workflow: event.target.value })}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      />
      <p
        id="tele-workflow-said"
        role="status"
        className={read.graph?.ok === false ? 'tele-problem' : 'tele-muted'}
      >
        {read.graph === undefined ? '' : read.graph.ok ? summaryOf(read.graph.value) : read.graph.error}
      </p>
      <label className="tele-button tele-choose-file">
        Choose a file…
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => take(event.target.files?.[0])}
        />
      </label>
      {read.graph?.ok && <PlaceSelect {...props} />}
    </section>
  )
}

function PlaceSelect({
  read,
  onChange,
}: {
  readonly read: ReadDraft
  readonly onChange: (part: Partial<GenerateDraft>) => void
}): ReactElement {
  if (read.places.length === 0)
    return (
      <p className="tele-problem">
        No input of this workflow holds text. Give the scenes as whole prompts, in JSON.
      </p>
    )
  return (
    <label className="tele-field">
      <span>A scene’s text goes into</span>
      <select
        value={read.place && placeKey(read.place)}
        onChange={(event) => onChange({ place: event.target.value })}
      >
        {read.places.map((place) => (
          <option key={placeKey(place)} value={placeKey(place)}>
            {`${place.title ?? place.nodeType} (node ${place.nodeId}), ${place.input}: ${clip(place.text)}`}
          </option>
        ))}
      </select>
    </label>
  )
}

function summaryOf(graph: PromptGraph): string {
  const types = Object.values(graph).map(({ class_type: type }) => type)
  const sampler = types.find((type) => /sampler/i.test(type))
  return `${count(types.length, 'node')}${sampler ? `, ${sampler}` : ''}.`
}

/** The file's name is as good a name for the run as any, until there is a better one. */
const nameOf = (file: File, { runName }: GenerateDraft): Partial<GenerateDraft> =>
  runName.trim() === '' ? { runName: file.name.replace(/\.json$/i, '') } : {}

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text || 'empty')
