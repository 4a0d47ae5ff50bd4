import * as Plot from '@observablehq/plot'
import type { Axis } from '../axis.js'
import type { RateCurve } from '../figure-2/data.js'
import { formatNumber, formatPower } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import { rateCurves } from '../rate-curves.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { Estimate, Figure6Data } from './data.js'

/** Mean loss against the learning rate, one panel a network, on one axis of rates. */
export function ratePanels({ networks }: Figure6Data, theme: Theme): BarePanel[] {
  const rates = networks.flatMap(({ curves }) => curves.map(({ rate }) => rate))
  const [low, high] = extent(...rates)
  const x: Axis = {
    domain: low < high ? [low, high] : [1e-4, 10],
    scale: 'log',
    label: 'learning rate α',
    ticks: 5,
    format: formatPower,
  }
  const y: Axis = { domain: [0, 1.1], label: 'mean loss', ticks: [0, 0.5, 1], format: formatNumber }
  return networks.map(({ name, curves, limit }): BarePanel => {
    const { legend, marks } = rateCurves(curves, { x, y }, theme)
    return {
      title: `${name}: loss against learning rate`,
      legend,
      x,
      y,
      areas: intervalArea(limit, x, theme),
      markers: Number.isFinite(limit.estimate)
        ? [
            {
              at: limit.estimate,
              label: `learns up to ${formatNumber(limit.estimate, 2)}`,
              colour: theme.colours.lost,
            },
          ]
        : [],
      marks: [...marks, ...curves.slice(-1).map(last => measuredDots(last, theme))],
    }
  })
}

/** The rates that were run. */
function measuredDots({ rate, mean }: RateCurve, { colours }: Theme): Plot.Markish {
  const points = Array.from(rate, (at, i) => ({ at, loss: mean[i]! })).filter(
    ({ loss }) => !Number.isNaN(loss),
  )
  return Plot.dot(points, { x: 'at', y: 'loss', r: 2.5, fill: colours.series5, clip: true })
}

/** The 95% interval of the highest rate that learns, as far as it is in the frame. */
function intervalArea({ low, high }: Estimate, { domain }: Axis, { colours }: Theme): Plot.Markish[] {
  if (!(low < high)) return []
  const area = { x1: Math.max(low, domain[0]), x2: Math.min(high, domain[1]) }
  return [Plot.rect([area], { ...area, fill: colours.lost, fillOpacity: 0.13, clip: true })]
}
