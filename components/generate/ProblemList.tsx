import { useEffect, useRef, type ReactElement } from 'react'
import type { GenerateProblem } from '../../types'

const SHOWN = 20

/** Why nothing was queued, by scene, node and input; takes the focus, since one pressed a button to see it. */
export function ProblemList({
  message,
  problems,
}: {
  readonly message: string
  readonly problems: readonly GenerateProblem[]
}): ReactElement {
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [problems])
  const groups = groupsOf(problems)
  return (
    <section ref={box} className="tele-card tele-refusal" role="alert" tabIndex={-1}>
      <p>{message}</p>
      {problems.length > 0 && (
        <ul>
          {groups.slice(0, SHOWN).map(({ problem, scenes }) => (
            <li key={`${problem.nodeId}:${problem.message}`}>
              {placeOf(problem, scenes)}
              {problem.message}
            </li>
          ))}
        </ul>
      )}
      {groups.length > SHOWN && <p className="tele-muted">And {groups.length - SHOWN} more.</p>}
    </section>
  )
}

interface Group {
  readonly problem: GenerateProblem
  readonly scenes: readonly number[]
}

/** What is wrong in one workflow is wrong in every scene made of it: said once. */
function groupsOf(problems: readonly GenerateProblem[]): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const problem of problems) {
    const key = `${problem.nodeId ?? ''}\n${problem.input ?? ''}\n${problem.message}`
    const scenes = groups.get(key)?.scenes ?? []
    groups.set(key, { problem, scenes: problem.scene < 0 ? scenes : [...scenes, problem.scene + 1] })
  }
  return [...groups.values()]
}

function placeOf({ nodeId }: GenerateProblem, scenes: readonly number[]): string {
  const named = scenes.slice(0, 3).join(', ') + (scenes.length > 3 ? ` and ${scenes.length - 3} more` : '')
  const parts = [
    scenes.length === 0 ? '' : `${scenes.length === 1 ? 'Scene' : 'Scenes'} ${named}`,
    nodeId === undefined ? '' : `node ${nodeId}`,
  ]
  const place = parts.filter(Boolean).join(', ')
  return place === '' ? '' : `${place}: `
}
