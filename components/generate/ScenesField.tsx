import type { ReactElement } from 'react'
import { count } from '../../utils/format/formatCount'
import type { GenerateDraft, ReadDraft } from '../../utils/hooks'

const MODES = [
  { mode: 'lines', title: 'A line a scene' },
  { mode: 'json', title: 'JSON' },
] as const

/** The scenes: their texts, one a line, or a JSON list of texts and whole prompts. */
export function ScenesField({
  draft,
  read,
  onChange,
}: {
  readonly draft: GenerateDraft
  readonly read: ReadDraft
  readonly onChange: (part: Partial<GenerateDraft>) => void
}): ReactElement {
  const isJson = draft.mode === 'json'
  const scenes = read.entries.ok ? read.entries.value.length : 0
  return (
    <section className="tele-card" aria-labelledby="tele-scenes-title">
      <h2 id="tele-scenes-title">Scenes</h2>
      <div className="tele-choice" role="group" aria-label="How the scenes are written">
        {MODES.map(({ mode, title }) => (
          <button
            key={mode}
            type="button"
            aria-pressed={draft.mode === mode}
            onClick={() => onChange({ mode })}
          >
            {title}
          </button>
        ))}
      </div>
      <textarea
        aria-label={isJson ? 'Scenes in JSON' : 'Scenes, one a line'}
        aria-describedby="tele-scenes-said"
        aria-invalid={!read.entries.ok}
        rows={8}
        spellCheck={!isJson}
        placeholder={isJson ? JSON_EXAMPLE : LINES_EXAMPLE}
        value={isJson ? draft.json : draft.lines}
        onChange={(event) => onChange(isJson ? { json: event.target.value } : { lines: event.target.value })}
      />
      <p id="tele-scenes-said" role="status" className={read.entries.ok ? 'tele-muted' : 'tele-problem'}>
        {read.entries.ok ? (scenes > 0 ? `${count(scenes, 'scene')}.` : '') : read.entries.error}
      </p>
      <label className="tele-check">
        <input
          type="checkbox"
          checked={draft.newSeeds}
          onChange={(event) => onChange({ newSeeds: event.target.checked })}
        />
        A new seed for every scene
      </label>
    </section>
  )
}

const LINES_EXAMPLE = 'A harbour at dawn, fog over the cranes\nThe same harbour, a ship comes in'
const JSON_EXAMPLE =
  '["A harbour at dawn",\n {"sceneId": "scene-002", "text": "A ship comes in"},\n {"sceneId": "scene-003", "prompt": {…}}]'
