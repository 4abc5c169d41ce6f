import type { ReactElement } from 'react'
import type { OutputFile } from '../../types'
import { useFileServer } from '../../utils/hooks'
import { FileTile } from './FileTile'
import './OutputFiles.css'

const MAX_SHOWN = 4
const MAX_TINY = 2

/**
 * The files of a prompt as pictures or tiles of fixed size, the first four (of tiny ones two), each a link to the whole file on its server. Where the
 * server is out of reach the names alone are shown. `isTiny`: for a card, in a place of its own.
 */
export function OutputFiles(props: {
  readonly files: readonly OutputFile[] | undefined
  readonly source: string | undefined
  readonly isTiny?: boolean
}): ReactElement | null {
  const { files = [], source, isTiny = false } = props
  const server = useFileServer(source)
  if (files.length === 0 || (isTiny && server.kind !== 'here')) return null
  const shown = files.slice(0, isTiny ? MAX_TINY : MAX_SHOWN)
  const more = files.length - shown.length
  return (
    <div className={`tele-files${isTiny ? ' tele-files-tiny' : ''}`}>
      <ul aria-label="Files">
        {shown.map((file, i) => (
          <li key={`${i} ${server.kind}`}>
            <FileTile file={file} server={server.kind === 'here' ? server.url : undefined} isTiny={isTiny} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <span className="tele-muted tele-files-more">
          +{more}
          <span className={isTiny ? 'tele-unseen' : ''}> more</span>
        </span>
      )}
      {server.kind !== 'here' && <p className="tele-muted">{OUT_OF_REACH[server.kind]}</p>}
    </div>
  )
}

const OUT_OF_REACH = {
  offline: 'The files can’t be shown while their server is not connected.',
  elsewhere: 'The files are on another server than the one that is connected.',
} as const
