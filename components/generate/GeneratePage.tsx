import { useState, type FormEvent, type ReactElement } from 'react'
import type { GenerateProblem, GenerateRequest } from '../../types'
import { count } from '../../utils/format/formatCount'
import { reasonOf } from '../../utils/format/reasonOf'
import { begun } from '../../utils/generate/begun'
import { liveHref, useGenerateDraft, usePolicy, useServerIds, useTelemetry } from '../../utils/hooks'
import { PolicyFields } from './PolicyFields'
import { ProblemList } from './ProblemList'
import { RunFields } from './RunFields'
import { ScenesField } from './ScenesField'
import { WorkflowField } from './WorkflowField'
import './GeneratePage.css'

/** A workflow, a list of scenes and a policy become a run. */
export function GeneratePage(): ReactElement {
  const { draft, read, change, request } = useGenerateDraft()
  const [policy, setPolicy] = usePolicy()
  const { state, submit } = useSubmit()
  const ids = useServerIds()
  const scenes = read.entries.ok ? read.entries.value.length : 0
  const hasTexts = read.entries.ok && read.entries.value.some(({ kind }) => kind === 'text')
  const isReady = scenes > 0 && (read.graph?.ok === true || !hasTexts)
  const send = (event: FormEvent): void => {
    event.preventDefault()
    const { server, ...rest } = request(policy)
    const isListed = ids.some((id) => id === server)
    submit(server !== undefined && isListed ? { ...rest, server } : rest)
  }
  return (
    <form className="tele-generate" onSubmit={send} noValidate>
      <header>
        <h1>Generate</h1>
        <p className="tele-muted">
          One workflow, a text for each scene. What you enter is kept in this browser.
        </p>
      </header>
      <WorkflowField draft={draft} read={read} onChange={change} />
      <ScenesField draft={draft} read={read} onChange={change} />
      <RunFields draft={draft} onChange={change} hasDelay={policy.delayBetweenScenesSeconds > 0} />
      <PolicyFields policy={policy} onChange={setPolicy} />
      {state.kind === 'refused' && <ProblemList message={state.message} problems={state.problems} />}
      <footer>
        <button
          type="submit"
          className="tele-button tele-button-main"
          disabled={!isReady || state.kind === 'busy'}
        >
          {scenes > 0 ? `Generate ${count(scenes, 'scene')}` : 'Generate'}
        </button>
        <p role="status" className="tele-muted">
          {state.kind === 'busy'
            ? 'Asking the server…'
            : isReady
              ? ''
              : whatIsMissing(scenes, read.graph?.ok === true)}
        </p>
      </footer>
    </form>
  )
}

type SubmitState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'refused'; readonly message: string; readonly problems: readonly GenerateProblem[] }

/** Queues the run and goes to the Live page; what comes to nothing is said here. */
function useSubmit(): { readonly state: SubmitState; submit(request: GenerateRequest): void } {
  const { comfy, generations } = useTelemetry()
  const [state, setState] = useState<SubmitState>({ kind: 'idle' })
  const submit = async (request: GenerateRequest): Promise<void> => {
    setState({ kind: 'busy' })
    try {
      const problems = await comfy.validate(request)
      if (problems.length > 0) return setState({ kind: 'refused', message: 'Nothing was queued.', problems })
      const handle = comfy.generate(request)
      await begun(handle, generations)
      location.hash = liveHref({ server: request.server, run: handle.runId })
    } catch (error) {
      const message = reasonOf(error, 'The run could not be queued. Try again.')
      setState({ kind: 'refused', message, problems: [] })
    }
  }
  return { state, submit: (request) => void submit(request) }
}

function whatIsMissing(scenes: number, hasWorkflow: boolean): string {
  if (!hasWorkflow) return 'A workflow is missing.'
  return scenes === 0 ? 'Scenes are missing.' : ''
}
