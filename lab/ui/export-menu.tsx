import { useSignal } from '@preact/signals'
import { composeFigure } from '../../src/figures/panels.js'
import { svgText } from '../../src/figures/svg.js'
import { printTheme } from '../../src/figures/theme.js'
import { announce } from './announce.js'
import { csvText, jsonText, pngOf, save } from './exports.js'
import type { PictureSpec, Provenance } from './picture-spec.js'

export interface ExportMenuProps {
  readonly name: string
  readonly title: string
  readonly height: number
  readonly spec: () => PictureSpec | undefined
  readonly provenance: () => Provenance
}

const kinds = ['svg', 'png', 'csv', 'json'] as const
type Kind = (typeof kinds)[number]

/** Px of exported pictures, whatever the size on the page. */
const exportedWidth = 640

/** Buttons that save a picture as SVG or PNG, and its numbers as CSV or JSON. */
export function ExportMenu({ name, title, height, spec, provenance }: ExportMenuProps) {
  const open = useSignal(false)
  const saveAs = (kind: Kind) => async () => {
    const present = spec()
    if (present === undefined) return announce('nothing is drawn yet')
    const file = `ghostpoint-${name}.${kind}`
    try {
      await write(present, kind, file)
      announce(`saved ${file}`)
    } catch (error) {
      announce(`${file} could not be saved: ${error instanceof Error ? error.message : error}`)
    }
  }
  const write = async (present: PictureSpec, kind: Kind, file: string) => {
    if (kind === 'csv') save(file, 'text/csv', csvText(present.table(), provenance()))
    else if (kind === 'json') save(file, 'application/json', jsonText(present, title, provenance()))
    else {
      const svg = printed(present, { name, title, height })
      save(file, kind === 'svg' ? 'image/svg+xml' : 'image/png', kind === 'svg' ? svg : await pngOf(svg, 2))
    }
  }
  return (
    <>
      <button
        type="button"
        class="quiet"
        aria-expanded={open.value}
        aria-label={`Save “${title}”`}
        onClick={() => (open.value = !open.value)}
      >
        Save
      </button>
      {open.value && (
        <fieldset class="menu" aria-label={`Save “${title}” as`}>
          {kinds.map(kind => (
            <button type="button" class="quiet" key={kind} onClick={saveAs(kind)}>
              {kind.toUpperCase()}
            </button>
          ))}
        </fieldset>
      )}
    </>
  )
}

/** The picture on white paper, as the text of an SVG file. */
function printed(
  spec: PictureSpec,
  { name, title, height }: Pick<ExportMenuProps, 'name' | 'title' | 'height'>,
): string {
  const size = { width: exportedWidth, height }
  const panel = { ...spec.panel(printTheme, size), box: { x: 0, y: 0, ...size } }
  const figure = { id: `export-${name}`, title, description: spec.summary, ...size, panels: [panel] }
  return svgText(composeFigure(figure, { document, theme: printTheme }))
}
