import type { WebSocket } from 'ws'
import type { Engine, EngineEvent } from './createEngine'
import type { SimulatedNode } from './createNode'
import type { Scenario } from './scenarios'

/** What a stock socket tells of. */
export interface StockStage {
  readonly scenario: Pick<Scenario, 'hasCrystools'>
  readonly engine: Engine
  readonly node: Pick<SimulatedNode, 'gpus'>
}

/**
 * Serves one `/ws` client until its socket closes: `status` for everyone, and the progress of prompts queued without a client id;
 * execution events only to the client that queued the prompt, as ComfyUI does. With ComfyUI-Crystools its monitor.
 */
export function serveStockSocket(
  socket: WebSocket,
  clientId: string,
  { scenario, engine, node }: StockStage,
): void {
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
    const isOwn = event.prompt.clientId === clientId
    if (isOwn || (event.type === 'progress' && event.prompt.clientId === undefined)) own(event)
    if (event.type !== 'progress' && event.type !== 'node') status()
  })
  socket.on('message', (data) => {
    // The answer by which a client tells an open socket from a deaf one.
    if (String(data).includes('feature_flags')) send('feature_flags', { supports_preview_metadata: true })
  })
  const monitor = scenario.hasCrystools
    ? setInterval(() => send('crystools.monitor', monitorOf(node)), 1_000)
    : undefined
  socket.on('close', () => {
    unsubscribe()
    clearInterval(monitor)
  })
}

/** As the extension sends it, with -1 for what it can't read. */
function monitorOf({ gpus }: StockStage['node']): object {
  return {
    cpu_utilization: 12.5,
    ram_total: 34359738368,
    ram_used: 17179869184,
    ram_used_percent: 50,
    hdd_total: -1,
    hdd_used: -1,
    hdd_used_percent: -1,
    device_type: 'cuda',
    gpus: gpus.map(({ utilization = -1, temperature = -1, vramTotal = -1, vramFree }) => ({
      gpu_utilization: utilization,
      gpu_temperature: temperature,
      vram_total: vramTotal,
      vram_used: vramFree === undefined ? -1 : vramTotal - vramFree,
      vram_used_percent: -1,
    })),
  }
}
