import type { Figure5Data, FullRankData } from './figure-5/data.js'
import { describeView, drawView } from './figure-5/view.js'
import { describeSpectrum } from './flow-map/describe.js'
import { spectrumLegend, spectrumPanel } from './flow-map/spectrum.js'
import { colourBar, type SpeedScale, speedScale } from './flow-map/speed.js'
import { symbolLegend, symbolOf } from './flow-map/symbols.js'
import type { LegendEntry } from './legend.js'
import { classStyles } from './memory/outputs.js'
import { stagesPanel } from './memory/stages.js'
import { describeMemoryTraining, trainingPanel } from './memory/training.js'
import { boxSize, composeFigure, drawSharedLegend, legendHeight, type Panel } from './panels.js'
import type { FigureContext } from './svg.js'
import type { Theme } from './theme.js'

/** Px: the width of a view and of a spectrum, of both columns, the heights of rows, and between them. */
const [cell, topHeight, viewHeight, gap, margin] = [249, 290, 275, 14, 8] as const
const columns = 4
const width = columns * cell
/** A square frame in a cell. */
const spectrumHeight = boxSize({ width: 0, height: cell - 82, headed: true }).height

/** Draws figure 5: of each task the training, what is near the paths before the fall, states and spectra. */
export function drawFigure5({ cue, match }: Figure5Data, context: FigureContext): SVGSVGElement {
  const { theme } = context
  const upper = layOut(cue, margin, theme)
  const lower = layOut(match, upper.bottom + 2 * gap, theme)
  const svg = composeFigure(
    {
      id: 'figure-5',
      title: 'Figure 5: networks of full rank learn working-memory tasks',
      description: [cue, match].map(describeTask).join(' '),
      width,
      height: lower.bottom + margin,
      panels: [
        ...panelsOf(cue, upper, ['a', 'b', 'd'], theme),
        ...panelsOf(match, lower, ['e', 'f', 'h'], theme),
      ],
    },
    context,
  )
  for (const [data, block, letter] of [
    [cue, upper, 'c'],
    [match, lower, 'g'],
  ] as const) {
    svg.append(...drawViews(data, block, letter, context), ...drawSharedLegend(block.legend, context))
  }
  return svg
}

/** Where the rows of a task are, and what they share. */
interface Block {
  readonly top: number
  readonly viewsTop: number
  readonly spectraTop: number
  readonly footTop: number
  readonly bottom: number
  readonly scale: SpeedScale
  readonly legend: Parameters<typeof drawSharedLegend>[0]
}

function layOut(data: FullRankData, top: number, theme: Theme): Block {
  const viewsTop = top + topHeight + gap
  const spectraTop = viewsTop + viewHeight + gap
  const footTop = spectraTop + spectrumHeight + gap
  const entries = legendOf(data, theme)
  const left = 2 * cell - 60
  const box = { x: left, y: footTop, width: width - left - 8, height: 0 }
  const height = legendHeight(entries, box.width, theme)
  const bar = boxSize({ width: 0, height: 14, headed: false }).height
  const scale = speedScale(
    data.views.flatMap(({ paths }) => paths),
    theme,
  )
  const bottom = footTop + Math.max(bar, height)
  return { top, viewsTop, spectraTop, footTop, bottom, scale, legend: { box: { ...box, height }, entries } }
}

function panelsOf(data: FullRankData, block: Block, letters: readonly string[], theme: Theme): Panel[] {
  const half = width / 2
  const place = { y: block.top, width: half, height: topHeight }
  const spectra = data.spectra.slice(0, columns).map((picture, i): Panel => {
    const box = { x: i * cell, y: block.spectraTop, width: cell, height: spectrumHeight }
    return { ...spectrumPanel(picture, theme), box, ...(i === 0 ? { letter: letters[2]! } : {}) }
  })
  const bar = { x: 0, y: block.footTop, width: 2 * cell - 92, height: block.bottom - block.footTop }
  const barHeight = boxSize({ width: 0, height: 14, headed: false }).height
  return [
    { ...trainingPanel(data, theme), letter: letters[0]!, box: { ...place, x: 0 } },
    { ...stagesPanel(data, theme), letter: letters[1]!, box: { ...place, x: half } },
    ...spectra,
    ...(data.views.length === 0
      ? []
      : [
          {
            ...colourBar(block.scale, 'speed ‖F‖ of states (per time constant)'),
            box: { ...bar, height: barHeight },
          },
        ]),
  ]
}

function drawViews(data: FullRankData, block: Block, letter: string, context: FigureContext): SVGGElement[] {
  return data.views.slice(0, columns).map((view, i) => {
    const box = { x: i * cell, y: block.viewsTop, width: cell, height: viewHeight }
    return drawView(view, { box, scale: block.scale, letter: i === 0 ? letter : undefined }, context)
  })
}

function legendOf({ views, spectra }: FullRankData, theme: Theme): LegendEntry[] {
  const names = [...new Set(views.flatMap(({ paths }) => paths.map(({ name }) => name)))]
  const styles = classStyles(theme)
  const symbols = views.flatMap(({ points }) =>
    points.map(point => symbolOf(point, Number.POSITIVE_INFINITY)),
  )
  return [
    ...symbolLegend(new Set(symbols), theme),
    ...names.map((label, i) => ({ label, line: { ...styles[i % styles.length]!, strokeWidth: 1.5 } })),
    ...spectrumLegend(spectra, theme),
  ]
}

function describeTask(data: FullRankData): string {
  return [
    describeMemoryTraining(data),
    ...data.views.map(describeView),
    ...data.spectra.map(describeSpectrum),
  ].join(' ')
}
