import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Conclusion } from '../experiments/experiment.js'
import { svgText } from '../figures/svg.js'
import { pageTheme, printTheme } from '../figures/theme.js'
import { writeWhole } from '../files/whole-file.js'
import { MissingPackage, svgToPng } from './png.js'

/** Pixels per px of the SVG. */
const pngScale = 2

/** A figure as written: its files, and the SVG in page colours for the report. */
export interface WrittenFigure {
  readonly files: readonly string[]
  readonly pageSvg: string | undefined
  /** Why there is no PNG, or no figure at all. */
  readonly incomplete: string | undefined
}

/**
 * Draws a figure and writes it as SVG and PNG into a folder, as far as the optional packages for it are there.
 * @throws InputError if the files cannot be written; Error if the figure cannot be rendered
 */
export async function writeFigure(
  folder: string,
  name: string,
  conclusion: Pick<Conclusion, 'draw'>,
): Promise<WrittenFigure> {
  const drawing = await loadDrawing()
  if (drawing instanceof Error) return { files: [], pageSvg: undefined, incomplete: drawing.message }
  const svg = conclusion.draw({ document: drawing.createDocument(), theme: printTheme })
  const pageSvg = svgText(conclusion.draw({ document: drawing.createDocument(), theme: pageTheme }))
  const text = svgText(svg)
  const files = [join(folder, `${name}.svg`)]
  writeWhole(files[0]!, text)
  const width = pngScale * Number(svg.getAttribute('width'))
  const pngFile = join(folder, `${name}.png`)
  // One of an earlier drawing would be taken for this one's.
  rmSync(pngFile, { force: true })
  try {
    writeWhole(pngFile, await svgToPng(text, { width }))
  } catch (error) {
    if (error instanceof MissingPackage) return { files, pageSvg, incomplete: error.message }
    throw error
  }
  return { files: [...files, pngFile], pageSvg, incomplete: undefined }
}

async function loadDrawing(): Promise<typeof import('./document.js') | Error> {
  try {
    return await import('./document.js')
  } catch (cause) {
    return new Error('figures need the optional package linkedom: npm install linkedom', { cause })
  }
}
