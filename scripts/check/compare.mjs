/**
 * @typedef {Record<string, any>} Message  a journaled message, as the node sent it
 * @typedef {Record<string, any>} Scene    a scene as the browser stored it
 */

/** The end that counts of each prompt: the journal's last terminal message. @param {readonly Message[]} journal */
export function endsOf(journal) {
  const ends = new Map()
  for (const message of journal) {
    if (message.status === 'completed' || message.status === 'failed') ends.set(message.promptId, message)
  }
  return ends
}

/**
 * What of the browser's history differs from the journal: sentences, none when nothing is missing, doubled or otherwise told.
 *
 * @param {readonly Message[]} journal
 * @param {readonly Scene[]} scenes
 */
export function compareWithJournal(journal, scenes) {
  const ends = endsOf(journal)
  const attempts = scenes.flatMap((scene) =>
    (scene.attemptLog ?? []).map((/** @type {any} */ attempt) => ({ scene, attempt })),
  )
  const found = new Map()
  const problems = []
  for (const { scene, attempt } of attempts) {
    if (found.has(attempt.promptId)) problems.push(`${attempt.promptId} is in the history twice`)
    found.set(attempt.promptId, attempt)
    const end = ends.get(attempt.promptId)
    if (!end) problems.push(`${attempt.promptId} is in the history, but not in the journal`)
    else {
      for (const field of ['exitReason', 'duration', 'queueWait', 'cached'])
        if (end[field] !== undefined && end[field] !== attempt[field])
          problems.push(
            `${scene.sceneId}: ${field} is ${attempt[field]} in the history, ${end[field]} in the journal`,
          )
      if (end.runId !== scene.runId || end.sceneId !== scene.sceneId)
        problems.push(`${attempt.promptId} is in another scene`)
    }
  }
  for (const promptId of ends.keys())
    if (!found.has(promptId)) problems.push(`${promptId} is missing in the history`)
  return problems
}

const SLACK_MS = 250

/**
 * What of the journal differs from what the server itself tells of the prompts it executed.
 *
 * @param {readonly Message[]} journal
 * @param {Record<string, any>} history  the server's own
 */
export function compareWithServer(journal, history) {
  const ends = endsOf(journal)
  return Object.entries(history).flatMap(([promptId, { status }]) => {
    const end = ends.get(promptId)
    if (!end) return [`${promptId} ran, and is not in the journal`]
    const times = Object.fromEntries(
      status.messages.map((/** @type {any} */ [name, data]) => [name, data.timestamp]),
    )
    const last = times.execution_success ?? times.execution_error ?? times.execution_interrupted
    const took = last - times.execution_start
    const problems = []
    if ((status.status_str === 'success') !== (end.status === 'completed'))
      problems.push(`${promptId} ended as ${status.status_str}, the journal says ${end.exitReason}`)
    // A limit that was told is the reason; the interrupt its effect, some steps later.
    if (end.exitReason === 'maxWait') return problems
    if (times.execution_interrupted && end.exitReason !== 'interrupted')
      problems.push(`${promptId} was interrupted, the journal says ${end.exitReason}`)
    if (Math.abs(took - end.duration) > SLACK_MS)
      problems.push(`${promptId} took ${took} ms, the journal says ${end.duration}`)
    return problems
  })
}
