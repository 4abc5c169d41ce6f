import { parseArgs } from 'node:util'

/** @typedef {{ port: number, simulate: string | undefined, open: boolean, comfyui: string[] }} StartOptions */

const USAGE = `npm start -- [--comfyui URL]… [--simulate [SCENARIO]] [--port PORT] [--no-open]`

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
        'no-open': { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`"${values.port}" is no port.`)
    return { port, simulate: values.simulate, open: !values['no-open'], comfyui: values.comfyui }
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}`)
  }
}

const isAnotherOption = (/** @type {string | undefined} */ arg) => arg === undefined || arg.startsWith('--')
