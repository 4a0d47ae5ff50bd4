import { copiesPanel, describeCopies } from './figure-3/copies.js'
import type { Figure3Data } from './figure-3/data.js'
import { describeFlows, flowPanels } from './figure-3/flows.js'
import { describeSeeds, ghostDelayPanel, sharesPanel } from './figure-3/seeds.js'
import { closeUpPanel, describeTraining, dwellPanel, fallPanel, wholePanel } from './figure-3/training.js'
import { type BarePanel, composeFigure, type Panel } from './panels.js'
import type { FigureContext } from './svg.js'

const columnWidth = 480

/** Draws figure 3: the slow training (a) and its flows (b), the fast one (c), its flows (d), its copies (e), other seeds (f, g). */
export function drawFigure3(
  { slow, fast, copies, seeds }: Figure3Data,
  context: FigureContext,
): SVGSVGElement {
  const { theme } = context
  const left = stack(0, [
    { letter: 'a', height: 276, panel: wholePanel(slow, theme) },
    { height: 132, panel: dwellPanel(slow, theme) },
    { height: 210, panel: fallPanel(slow, theme) },
    ...flowPanels(slow, theme).map((panel, i, all) => flowRow(panel, 'b', i, all.length, [176, 120, 156])),
    { letter: 'f', height: 336, panel: ghostDelayPanel(seeds, theme) },
  ])
  const right = stack(columnWidth, [
    { letter: 'c', height: 340, panel: closeUpPanel(fast, theme) },
    ...flowPanels(fast, theme).map((panel, i, all) => flowRow(panel, 'd', i, all.length, [182, 134, 170])),
    { letter: 'e', height: 260, panel: copiesPanel(fast, copies, theme) },
    { letter: 'g', height: 350, panel: sharesPanel(seeds, theme) },
  ])
  return composeFigure(
    {
      id: 'figure-3',
      title: 'Figure 3: a rank-one network learns at a low rate and loses learning at a high one',
      description: [
        describeTraining('Slow', slow),
        describeFlows(slow),
        describeTraining('Fast', fast),
        describeFlows(fast),
        describeCopies(copies),
        describeSeeds(seeds),
      ].join(' '),
      width: 2 * columnWidth,
      height: Math.max(left.height, right.height),
      panels: [...left.panels, ...right.panels],
    },
    context,
  )
}

interface StackedPanel {
  readonly letter?: string
  readonly height: number
  readonly panel: BarePanel
}

/** Px above a panel that has a letter or a title of its own, and at the foot of the column. */
const [groupGap, margin] = [14, 8]

/** Places panels below one another. */
function stack(x: number, rows: readonly StackedPanel[]): { panels: Panel[]; height: number } {
  let y = margin
  const panels = rows.map(({ letter, height, panel }, i): Panel => {
    if (i > 0 && panel.title !== undefined) y += groupGap
    const box = { x, y, width: columnWidth, height }
    y += height
    return { ...panel, box, ...(letter === undefined ? {} : { letter }) }
  })
  return { panels, height: y + margin }
}

/** The first flow has title and legend, the last the numbers of the axis that they share. */
function flowRow(
  panel: BarePanel,
  letter: string,
  index: number,
  count: number,
  [first, middle, last]: readonly [number, number, number],
): StackedPanel {
  if (index === 0) return { letter, panel, height: count === 1 ? first + last - middle : first }
  return { panel, height: index === count - 1 ? last : middle }
}
