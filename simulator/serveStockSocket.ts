import type { WebSocket } from 'ws'
import type { Engine, EngineEvent } from './createEngine'

/**
 * Serves one `/ws` client until its socket closes: `status` for everyone, execution events only to the client that queued the
 * prompt, as ComfyUI does.
 */
export function serveStockSocket(socket: WebSocket, clientId: string, engine: Engine): void {
  const send = (type: string, data: object): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ type, data }))
  }
  const status = (): void => {
    const remaining = engine.waiting.length + engine.running.size
    send('status', { status: { exec_info: { queue_remaining: remaining } } })
  }
  const own = (event: EngineEvent): void => {
    const { promptId } = event.prompt
    const about = { prompt_id: promptId, timestamp: Date.now() }
    switch (event.type) {
      case 'started':
        send('execution_start', about)
        return send('execution_cached', { ...about, nodes: [] })
      case 'node':
        return send('executing', { prompt_id: promptId, node: event.nodeId, display_node: event.nodeId })
      case 'progress': {
        const { progress } = event.prompt
        if (progress)
          send('progress', {
            prompt_id: promptId,
            node: progress.nodeId,
            value: progress.value,
            max: progress.max,
          })
        return
      }
      case 'ended': {
        const { end, error } = event.prompt
        if (end === 'success') send('execution_success', about)
        if (end === 'interrupted') send('execution_interrupted', about)
        if (error)
          send('execution_error', {
            ...about,
            node_id: error.nodeId,
            node_type: error.nodeType,
            exception_type: error.type,
            exception_message: error.message,
          })
        return send('executing', { prompt_id: promptId, node: null })
      }
      case 'queued':
    }
  }
  status()
  const unsubscribe = engine.subscribe((event) => {
    if (event.prompt.clientId === clientId) own(event)
    if (event.type !== 'progress' && event.type !== 'node') status()
  })
  socket.on('message', (data) => {
    // The answer by which a client tells an open socket from a deaf one.
    if (String(data).includes('feature_flags')) send('feature_flags', { supports_preview_metadata: true })
  })
  socket.on('close', unsubscribe)
}
