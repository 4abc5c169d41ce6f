import { parseArgs } from 'node:util'

/** @typedef {{ port: number, simulate: string | undefined, open: boolean, comfyui: string[], page: string }} StartOptions */

const USAGE = `npm start -- [--comfyui URL]… [--simulate [SCENARIO]] [--port PORT] [--page '#/history'] [--no-open]`

/**
 * Reads what follows `npm start --`. `--comfyui` may come again for further servers. `--simulate` may stand without a scenario; `simulate` is then an empty text. Throws an Error whose
 * message shows the usage.
 *
 * @param {readonly string[]} args
 * @returns {StartOptions}
 */
export function readStartOptions(args) {
  const bare = args.flatMap((arg, i) =>
    arg === '--simulate' && isAnotherOption(args[i + 1]) ? ['--simulate='] : [arg],
  )
  try {
    const { values } = parseArgs({
      args: bare,
      options: {
        port: { type: 'string', default: '5178' },
        simulate: { type: 'string' },
        comfyui: { type: 'string', multiple: true, default: [] },
        page: { type: 'string', default: '' },
        'no-open': { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`"${values.port}" is no port.`)
    const { simulate, comfyui, page } = values
    if (page !== '' && !page.startsWith('#/')) throw new Error(`"${page}" is no page: it begins with #/.`)
    return { port, simulate, open: !values['no-open'], comfyui, page }
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}`)
  }
}

const isAnotherOption = (/** @type {string | undefined} */ arg) => arg === undefined || arg.startsWith('--')
