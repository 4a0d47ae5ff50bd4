import type { Estimate, Figure6Data } from './figure-6/data.js'
import { sharePanel, trainingPanel, trendPanel } from './figure-6/ranks.js'
import { ratePanels } from './figure-6/rates.js'
import { formatNumber, formatPercent } from './numbers.js'
import { composeFigure, type Panel } from './panels.js'
import type { FigureContext } from './svg.js'

const width = 960
const [topHeight, bottomHeight, rowGap] = [320, 330, 14]

/** Draws figure 6: a, b loss against rate at rank one and full rank, c loss curves, d, e share against rank. */
export function drawFigure6(data: Figure6Data, context: FigureContext): SVGSVGElement {
  const { theme } = context
  const rows = [
    { panels: ratePanels(data, theme), y: 8, height: topHeight, first: 0 },
    {
      panels: [trainingPanel(data, theme), sharePanel(data, theme), trendPanel(data, theme)],
      y: 8 + topHeight + rowGap,
      height: bottomHeight,
      first: data.networks.length,
    },
  ]
  const panels = rows.flatMap(({ panels, y, height, first }) =>
    panels.map((panel, column): Panel => {
      const box = { x: (column * width) / panels.length, y, width: width / panels.length, height }
      return { ...panel, letter: String.fromCharCode(97 + first + column), box }
    }),
  )
  return composeFigure(
    {
      id: 'figure-6',
      title: 'Figure 6: networks of higher rank learn at rates at which the minimal rank fails',
      description: describe(data),
      width,
      height: topHeight + bottomHeight + rowGap + 16,
      panels,
    },
    context,
  )
}

function describe({ networks, ratio, ranks }: Figure6Data): string {
  const limits = networks.map(
    ({ name, limit }) => `${name}: the highest learning rate that still learns is ${interval(limit)}.`,
  )
  const shares = ranks.byRate.map(({ rate, share }) => {
    const each = Array.from(share, (at, i) => `${formatPercent(at)} at rank ${formatNumber(ranks.rank[i]!)}`)
    return `At rate ${formatNumber(rate)} the loss ends below ${formatPercent(ranks.threshold)} of the first in ${each.join(', ')}.`
  })
  return [
    ...limits,
    `Ratio of the two: ${interval(ratio)}.`,
    ...shares,
    `Over all rates the share rises by ${interval(ranks.slope)} with every tenfold rank.`,
  ].join(' ')
}

function interval({ estimate, low, high }: Estimate): string {
  return `${formatNumber(estimate)} (95%: ${formatNumber(low)} to ${formatNumber(high)})`
}
