import { describeMap } from './flow-map/describe.js'
import { colourBar, speedScale } from './flow-map/speed.js'
import { latentNames, type NamedMap, pathStyles, planeLegend, planePanel } from './flow-map.js'
import type { MemoryOutputs, MemoryTrainingData } from './memory/data.js'
import { outputsPanel } from './memory/outputs.js'
import { stagesPanel } from './memory/stages.js'
import { describeMemoryTraining, trainingPanel } from './memory/training.js'
import { type Box, boxSize, composeFigure, drawSharedLegend, legendHeight, type Panel } from './panels.js'
import type { FigureContext } from './svg.js'
import type { Theme } from './theme.js'

/** Figure 4: networks of rank 2 on the two working-memory tasks. */
export interface Figure4Data {
  readonly cue: RankTwoData
  readonly match: RankTwoData
}

/** One task: training and looks, the latent flow at chosen epochs, and what the network answers at two of them. */
export interface RankTwoData extends MemoryTrainingData {
  readonly maps: readonly NamedMap[]
  readonly outputs: readonly MemoryOutputs[]
}

/** Px of a map's square frame, of the panels above, and between parts. */
const [side, topHeight, gap, margin] = [248, 290, 14, 8] as const
const columns = 3
const mapBox = boxSize({ width: side, height: side, headed: true })
const width = columns * mapBox.width

/** Draws figure 4: of each task the training, what is near the paths before the fall, latent flows, outputs. */
export function drawFigure4({ cue, match }: Figure4Data, context: FigureContext): SVGSVGElement {
  const { theme } = context
  const upper = blockOf(cue, ['a', 'b', 'c', 'd'], margin, theme)
  const lower = blockOf(match, ['e', 'f', 'g', 'h'], upper.bottom + 2 * gap, theme)
  const svg = composeFigure(
    {
      id: 'figure-4',
      title: 'Figure 4: networks of rank 2 learn working-memory tasks',
      description: [cue, match].map(describeTask).join(' '),
      width,
      height: lower.bottom + margin,
      panels: [...upper.panels, ...lower.panels],
    },
    context,
  )
  for (const { legend } of [upper, lower]) svg.append(...drawSharedLegend(legend, context))
  return svg
}

interface Block {
  readonly panels: readonly Panel[]
  readonly legend: { readonly box: Box; readonly entries: ReturnType<typeof planeLegend> }
  readonly bottom: number
}

function blockOf(data: RankTwoData, letters: readonly string[], top: number, theme: Theme): Block {
  const half = width / 2
  const { maps, outputs } = data
  const panels: Panel[] = [
    {
      ...trainingPanel(data, theme),
      letter: letters[0]!,
      box: { x: 0, y: top, width: half, height: topHeight },
    },
    {
      ...stagesPanel(data, theme),
      letter: letters[1]!,
      box: { x: half, y: top, width: half, height: topHeight },
    },
  ]
  const mapsTop = top + topHeight + gap
  const planes = {
    side,
    scale: speedScale(
      maps.map(({ map }) => map),
      theme,
    ),
    styles: pathStyles(maps, theme),
  }
  for (const [i, entry] of maps.entries()) {
    const box = {
      ...mapBox,
      x: (i % columns) * mapBox.width,
      y: mapsTop + Math.floor(i / columns) * (mapBox.height + gap),
    }
    panels.push({
      ...planePanel(entry, latentNames(2), planes, theme),
      ...(i === 0 ? { letter: letters[2]! } : {}),
      box,
    })
  }
  const rows = Math.max(1, Math.ceil((maps.length + 1) / columns))
  const slot = maps.length % columns
  const lastTop = mapsTop + (rows - 1) * (mapBox.height + gap)
  const [upper, lower] = splitSlot({ ...mapBox, x: slot * mapBox.width, y: lastTop })
  for (const [i, shown] of outputs.slice(0, 2).entries()) {
    const last = i === Math.min(2, outputs.length) - 1
    panels.push({
      ...outputsPanel(shown, theme, last),
      box: i === 0 ? upper : lower,
      ...(i === 0 ? { letter: letters[3]! } : {}),
    })
  }
  const footTop = lastTop + mapBox.height + gap
  const bar = boxSize({ width: side, height: 14, headed: false })
  if (maps.length > 0) {
    panels.push({
      ...colourBar(planes.scale, 'speed ‖F‖ (κ per time constant)'),
      box: { ...bar, x: 0, y: footTop },
    })
  }
  const entries = planeLegend(maps, planes.styles, theme)
  const box = { x: mapBox.width + 32, y: footTop, width: width - mapBox.width - 40, height: 0 }
  const height = legendHeight(entries, box.width, theme)
  return {
    panels,
    legend: { box: { ...box, height }, entries },
    bottom: footTop + Math.max(bar.height, height),
  }
}

/** A slot's upper and lower part; the upper one has the legend, the lower one the numbers of the axis. */
function splitSlot({ x, y, width, height }: Box): readonly [Box, Box] {
  const upper = Math.round(0.5 * height)
  return [
    { x, y, width, height: upper },
    { x, y: y + upper, width, height: height - upper },
  ]
}

function describeTask(data: RankTwoData): string {
  return [
    describeMemoryTraining(data),
    ...data.maps.map(({ title, map }) => describeMap(title, map, latentNames(2))),
  ].join(' ')
}
