import { useState, type ReactElement } from 'react'
import type { OutputFile } from '../../types'
import { isPicture } from '../../utils/outputs/isPicture'
import { viewUrl } from '../../utils/outputs/viewUrl'

/** One file: its picture, or a tile with its name. A picture that can't be had says so in its place. */
export function FileTile(props: {
  readonly file: OutputFile
  /** Undefined while it is out of reach. */
  readonly server: string | undefined
  readonly isTiny: boolean
}): ReactElement {
  const { file, server, isTiny } = props
  const [isGone, setGone] = useState(false)
  const whole = server === undefined ? undefined : viewUrl(server, location.href, file)
  const preview =
    server !== undefined && isPicture(file.filename)
      ? viewUrl(server, location.href, file, 'preview')
      : undefined
  const tile = <Tile name={file.filename} isTiny={isTiny} />
  if (whole === undefined) return tile
  if (isGone) return <GoneFile name={file.filename} isTiny={isTiny} />
  return (
    <a
      className="tele-file"
      href={whole}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={`${file.filename}, opens in a new tab`}
      title={file.filename}
    >
      {preview === undefined ? (
        tile
      ) : (
        <img
          src={preview}
          alt={file.filename}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          onError={() => setGone(true)}
        />
      )}
    </a>
  )
}

const GONE = 'No longer on the server.'

interface NameProps {
  readonly name: string
  readonly isTiny: boolean
}

function GoneFile({ name, isTiny }: NameProps): ReactElement {
  return (
    <span className="tele-file tele-file-gone" title={name}>
      <span className="tele-unseen">{name}: </span>
      {isTiny ? (
        <>
          <span aria-hidden="true">gone</span>
          <span className="tele-unseen">{GONE}</span>
        </>
      ) : (
        GONE
      )}
    </span>
  )
}

/** The file's name; where there is no room for it its ending stands for it. */
function Tile({ name, isTiny }: NameProps): ReactElement {
  const ending = /\.(\w{1,4})$/.exec(name)?.[1] ?? 'file'
  return (
    <span className="tele-file-name" title={name}>
      {isTiny ? (
        <>
          <span aria-hidden="true">{ending}</span>
          <span className="tele-unseen">{name}</span>
        </>
      ) : (
        name
      )}
    </span>
  )
}
