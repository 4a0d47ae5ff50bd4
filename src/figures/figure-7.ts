import { mean } from '../numerics/statistics.js'
import { histogramPanel, outputsPanel, saturationPanel } from './figure-7/collapse.js'
import type { CollapsePicture, Figure7Data, TaskSweep } from './figure-7/data.js'
import { examplePanel, sweepPanels } from './figure-7/sweeps.js'
import { formatCount, formatNumber, formatPercent } from './numbers.js'
import { type BarePanel, composeFigure, type Panel } from './panels.js'
import type { FigureContext } from './svg.js'

const width = 960
const [sweepHeight, lowerHeight, rowGap] = [290, 300, 14]

/**
 * Draws figure 7: for each task loss, gradient and weights against the rate; example trainings; a collapse, and
 * saturation in all of them.
 */
export function drawFigure7(data: Figure7Data, context: FigureContext): SVGSVGElement {
  const { theme } = context
  const { tasks, collapse } = data
  const pictured =
    collapse === undefined ? [] : [histogramPanel(collapse, theme), outputsPanel(collapse, theme)]
  const rows: { readonly panels: readonly BarePanel[]; readonly height: number }[] = [
    ...tasks.map(task => ({ panels: sweepPanels(task, theme), height: sweepHeight })),
    { panels: tasks.map(task => examplePanel(task, theme)), height: lowerHeight },
    { panels: [...pictured, saturationPanel(data, theme)], height: lowerHeight },
  ]
  const { panels, height } = place(rows)
  return composeFigure(
    {
      id: 'figure-7',
      title: 'Figure 7: driven networks do not learn above a rate',
      description: describe(data),
      width,
      height,
      panels,
    },
    context,
  )
}

function place(rows: readonly { readonly panels: readonly BarePanel[]; readonly height: number }[]) {
  const placed: Panel[] = []
  let y = 8
  for (const { panels, height } of rows) {
    for (const [column, panel] of panels.entries()) {
      const box = { x: (column * width) / panels.length, y, width: width / panels.length, height }
      placed.push({ ...panel, letter: String.fromCharCode(97 + placed.length), box })
    }
    y += height + rowGap
  }
  return { panels: placed, height: y - rowGap + 8 }
}

function describe({ tasks, collapse, saturated: { before, after } }: Figure7Data): string {
  const all =
    before.length === 0
      ? 'No training ends in a collapse.'
      : `In ${formatCount(before.length)} collapses the share of rates beyond ±0.95 goes from ${formatPercent(mean(before))} to ${formatPercent(mean(after))} on average.`
  return [
    ...tasks.map(describeTask),
    ...(collapse === undefined ? [] : [describeCollapse(collapse)]),
    all,
  ].join(' ')
}

function describeTask({ name, rate, loss, limit: { estimate, low, high } }: TaskSweep): string {
  const losses = loss.map((some, i) => `${formatNumber(mean(some))} at ${formatNumber(rate[i]!)}`)
  return `${name}: networks learn up to rate ${formatNumber(estimate)} (95%: ${formatNumber(low)} to ${formatNumber(high)}); loss, mean over epochs and seeds, by rate: ${losses.join(', ')}.`
}

function describeCollapse({ task, rate, seed, before, after }: CollapsePicture): string {
  return `${task} at rate ${formatNumber(rate)}, seed ${seed}, has learned at epoch ${formatCount(before.epoch)} and lost it at epoch ${formatCount(after.epoch)}.`
}
