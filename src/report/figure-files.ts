import { join } from 'node:path'
import type { Conclusion } from '../experiments/experiment.js'
import { svgText } from '../figures/svg.js'
import { pageTheme, printTheme } from '../figures/theme.js'
import { writeWhole } from '../files/whole-file.js'
import { createDocument } from './document.js'
import { svgToPng } from './png.js'

/** Pixels per px of the SVG. */
const pngScale = 2

/** A figure as written: its files, and the SVG in page colours for the report. */
export interface WrittenFigure {
  readonly files: readonly string[]
  readonly pageSvg: string
  /** Why there is no PNG. */
  readonly withoutPng: string | undefined
}

/**
 * Draws a figure and writes it as SVG and PNG into a folder.
 * @throws InputError if the files cannot be written
 */
export async function writeFigure(
  folder: string,
  name: string,
  conclusion: Conclusion,
): Promise<WrittenFigure> {
  const svg = conclusion.draw({ document: createDocument(), theme: printTheme })
  const pageSvg = svgText(conclusion.draw({ document: createDocument(), theme: pageTheme }))
  const text = svgText(svg)
  const files = [join(folder, `${name}.svg`)]
  writeWhole(files[0]!, text)
  const width = pngScale * Number(svg.getAttribute('width'))
  const png = await svgToPng(text, { width }).catch((error: Error) => error)
  if (png instanceof Error) return { files, pageSvg, withoutPng: png.message }
  files.push(join(folder, `${name}.png`))
  writeWhole(files[1]!, png)
  return { files, pageSvg, withoutPng: undefined }
}
