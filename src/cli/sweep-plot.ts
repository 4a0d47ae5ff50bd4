import { basename, dirname, join } from 'node:path'
import { drawSweepPlot } from '../figures/sweep-plot.js'
import { requireFolder } from '../files/whole-file.js'
import { writeFigure } from '../report/figure-files.js'
import { type PlotChoice, plotData } from '../sweeps/plot-data.js'
import { countRuns } from './sweep-plan.js'
import { note, print } from './terminal.js'

/** Flags of `ghostpoint sweep plot`. */
export interface SweepPlotFlags extends PlotChoice {
  readonly out: string
}

/**
 * Draws a store's runs as SVG and PNG, as far as the optional packages for it are there.
 * @throws InputError if the store or a flag cannot be used
 */
export async function plotRuns(store: string, { out: named, ...choice }: SweepPlotFlags): Promise<void> {
  const out = /[/\\]$/.test(named) ? join(named, 'sweep') : named.replace(/\.(svg|png)$/, '')
  requireFolder(dirname(out))
  const { data, leftOut, repeated } = await plotData(store, choice)
  const draw = (context: Parameters<typeof drawSweepPlot>[1]) => drawSweepPlot(data, context)
  const { files, incomplete } = await writeFigure(dirname(out), basename(out), { draw })
  for (const file of files) print(`wrote ${file}`)
  if (leftOut > 0) note(`left out: ${countRuns(leftOut)} without ${choice.y}`)
  if (repeated > 0)
    note(
      `counted once: ${countRuns(repeated)} of trainings that are there more than once, with another lossAt`,
    )
  if (incomplete !== undefined) note(incomplete)
}
