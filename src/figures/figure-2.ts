import { endsInZone, type Figure2Data } from './figure-2/data.js'
import { descentPanels } from './figure-2/descents.js'
import { landscapePanel } from './figure-2/landscape.js'
import { scalingPanel, sweepPanel } from './figure-2/rates.js'
import { formatCount, formatNumber, formatPower } from './numbers.js'
import { composeFigure, type Panel } from './panels.js'
import type { FigureContext } from './svg.js'

const width = 960
const [topHeight, bottomHeight, rowGap] = [310, 320, 14]

/** Draws figure 2: a landscape, b r per epoch, c loss per epoch, d loss against rate, e critical rates. */
export function drawFigure2(data: Figure2Data, context: FigureContext): SVGSVGElement {
  const { theme } = context
  const top = [landscapePanel(data, theme), ...descentPanels(data, theme)]
  const bottom = [sweepPanel(data, theme), scalingPanel(data, theme)]
  const rows = [
    { panels: top, y: 8, height: topHeight },
    { panels: bottom, y: 8 + topHeight + rowGap, height: bottomHeight },
  ]
  const panels = rows.flatMap(({ panels, y, height }, row) =>
    panels.map((panel, column): Panel => {
      const box = { x: (column * width) / panels.length, y, width: width / panels.length, height }
      return { ...panel, letter: String.fromCharCode(97 + column + 3 * row), box }
    }),
  )
  return composeFigure(
    {
      id: 'figure-2',
      title: 'Figure 2: abrupt learning and its loss in one dimension',
      description: describe(data),
      width,
      height: topHeight + bottomHeight + rowGap + 16,
      panels,
    },
    context,
  )
}

function describe(data: Figure2Data): string {
  const { delay, optimum, zoneEdge, criticalRate, descents, sweep, scaling } = data
  const landscape = `Loss against r at delay ${formatNumber(delay)}: 0 at the optimum r* = ${formatPower(optimum)}, 1 with gradient 0 in the no-learning zone below ${formatNumber(zoneEdge / optimum)} r*, which begins before the bifurcation at r = 0.`
  const runs = descents.map(descent => {
    const fate = endsInZone(descent, data) ? 'ends in the no-learning zone' : 'ends about the optimum'
    const epochs = formatCount(Math.max(0, descent.r.length - 1))
    return `At learning rate ${formatPower(descent.rate)} the descent ${fate} after ${epochs} epochs, with loss ${formatNumber(descent.loss.at(-1) ?? Number.NaN)}.`
  })
  const epochs = sweep.map(({ epoch }) => formatCount(epoch)).join(', ')
  const rates = `Loss against learning rate at epochs ${epochs || 'none'}; the critical learning rate of theory is ${formatPower(criticalRate)}.`
  const laws = scaling.map(
    ({ normalisation, exponent }) =>
      `Measured critical rate, ${normalisation} loss: power ${formatNumber(exponent)} of the delay.`,
  )
  return [landscape, ...runs, rates, ...laws].join(' ')
}
