import { randomUUID } from 'node:crypto'

/** A graph of one test node between an image and its file; `color` keeps ComfyUI from serving it out of its cache. */
export function graphOf(/** @type {string} */ classType, /** @type {number} */ color, inputs = {}) {
  return {
    1: { class_type: 'EmptyImage', inputs: { width: 64, height: 64, batch_size: 1, color } },
    2: { class_type: classType, inputs: { image: ['1', 0], ...inputs } },
    3: { class_type: 'SaveImage', inputs: { images: ['2', 0], filename_prefix: 'check' } },
  }
}

/** The few requests a queuing side makes. @param {string} url */
export function comfyClient(url) {
  const post = async (/** @type {string} */ path, /** @type {unknown} */ body) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  }
  const get = async (/** @type {string} */ path) => (await fetch(url + path)).json()
  return {
    /** Queues a prompt; its id. @param {object} prompt @param {object} [telemetry] */
    async queue(prompt, telemetry) {
      const promptId = randomUUID()
      await post('/prompt', {
        prompt,
        prompt_id: promptId,
        client_id: 'check',
        extra_data: telemetry ? { telemetry } : {},
      })
      return promptId
    },
    interrupt: () => post('/interrupt', {}),
    remove: (/** @type {readonly string[]} */ promptIds) => post('/queue', { delete: promptIds }),
    history: () => get('/history?max_items=64'),
    async journal() {
      const { epoch } = await get('/telemetry/info')
      const messages = []
      for (let since = 0; ;) {
        const page = await get(`/telemetry/events?epoch=${epoch}&since=${since}`)
        messages.push(...page.events)
        if (page.next === undefined) return messages
        since = page.next
      }
    },
  }
}
