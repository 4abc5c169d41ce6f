import { useState, type ReactElement } from 'react'
import type { ChartWords, LegendItem } from '../../utils/charts/chartTypes'
import { fileNameOf } from '../../utils/charts/fileNameOf'
import { saveFile } from '../../utils/charts/saveFile'
import { standaloneSvg } from '../../utils/charts/standaloneSvg'
import { svgToPng } from '../../utils/charts/svgToPng'

interface ExportButtonsProps {
  readonly plotId: string
  readonly words: ChartWords
  readonly filterText: string | undefined
  readonly isSimulated: boolean | undefined
  readonly legend: readonly LegendItem[]
  readonly hidden: ReadonlySet<string>
}

/** Saves the chart as it is shown, with title, filter, number and legend in the picture. */
export function ExportButtons(props: ExportButtonsProps): ReactElement {
  const [problem, setProblem] = useState<string>()
  const save = async (kind: 'png' | 'svg'): Promise<void> => {
    const picture = pictureOf(props)
    if (!picture) return
    const name = fileNameOf(props.words.title, kind, Date.now())
    try {
      saveFile(
        kind === 'png' ? await svgToPng(picture) : new Blob([picture.markup], { type: 'image/svg+xml' }),
        name,
      )
      setProblem(undefined)
    } catch {
      setProblem('This browser cannot draw the picture. SVG works.')
    }
  }
  return (
    <>
      <button type="button" className="tele-button tele-button-quiet" onClick={() => void save('png')}>
        PNG
      </button>
      <button type="button" className="tele-button tele-button-quiet" onClick={() => void save('svg')}>
        SVG
      </button>
      {problem !== undefined && <span role="alert">{problem}</span>}
    </>
  )
}

function pictureOf({ plotId, words, filterText, isSimulated, legend, hidden }: ExportButtonsProps) {
  const source = document.getElementById(plotId)?.querySelector('svg')
  if (!source) return undefined
  return standaloneSvg(source, {
    title: isSimulated ? `Simulated: ${words.title}` : words.title,
    lines: [words.summary, ...(filterText ? [filterText] : [])],
    notes: words.notes.join(' · '),
    legend: legend.filter(({ id }) => !hidden.has(id)),
  })
}
