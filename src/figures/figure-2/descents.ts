import type { Axis } from '../axis.js'
import type { LegendEntry } from '../legend.js'
import { curve, levelRule, note, shading } from '../marks.js'
import { formatCount, formatNumber, formatPower } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import { type Descent, endsInZone, type Figure2Data } from './data.js'

/** r/r* and loss against the epoch, for each descent. */
export function descentPanels(data: Figure2Data, theme: Theme): BarePanel[] {
  const lengths = data.descents.map(({ r }) => r.length - 1)
  const x: Axis = {
    domain: [0, Math.max(1, ...lengths)],
    label: 'epoch',
    ticks: 4,
    format: formatCount,
  }
  const legend = data.descents.map((descent): LegendEntry => {
    const fate = endsInZone(descent, data) ? ': lost' : ': learned'
    return { label: `α = ${formatPower(descent.rate)}${fate}`, line: styleOf(descent, data, theme) }
  })
  return [
    { ...parameterPanel(data, x, theme), legend },
    { ...lossPanel(data, x, theme), legend },
  ]
}

function parameterPanel(data: Figure2Data, x: Axis, theme: Theme): BarePanel {
  const { optimum, zoneEdge, descents } = data
  const { colours, lineWidth } = theme
  const paths = descents.map(descent => ({ descent, relative: descent.r.map(r => r / optimum) }))
  const edge = zoneEdge / optimum
  const positive = paths.map(({ relative }) => relative.filter(r => r > 0))
  const [low, high] = extent([edge, 1], ...positive)
  const y: Axis = {
    domain: [Math.min(0.5 * edge, 0.8 * low), 1.25 * high],
    scale: 'log',
    label: 'r / r*',
    ticks: [edge, 1, 10, 100].filter(tick => tick <= 1.25 * high),
    format: formatNumber,
  }
  const right = { dx: -6, textAnchor: 'end' } as const
  return {
    title: 'Gradient descent',
    x,
    y,
    areas: [shading({ y1: y.domain[0], y2: edge }, colours.zone)],
    marks: [
      levelRule(1, { stroke: colours.optimum, strokeWidth: lineWidth.thin }),
      ...paths.map(({ descent, relative }) =>
        curve(epochsOf(relative), relative, { x, y }, styleOf(descent, data, theme)),
      ),
      note('no-learning zone', { x: x.domain[1], y: edge }, colours.muted, theme, {
        ...right,
        dy: 10,
        halo: colours.zone,
      }),
      note('optimum r*', { x: x.domain[1], y: 1 }, colours.optimum, theme, { ...right, dy: 18 }),
    ],
  }
}

function lossPanel(data: Figure2Data, x: Axis, theme: Theme): BarePanel {
  const y: Axis = { domain: [0, 1.1], label: 'loss', ticks: [0, 0.5, 1], format: formatNumber }
  return {
    title: 'Learned, and lost, at once',
    x,
    y,
    marks: data.descents.map(descent =>
      curve(epochsOf(descent.loss), descent.loss, { x, y }, styleOf(descent, data, theme)),
    ),
  }
}

function styleOf(descent: Descent, data: Figure2Data, { colours, lineWidth }: Theme) {
  const lost = endsInZone(descent, data)
  return { stroke: lost ? colours.lost : colours.measurement, strokeWidth: lineWidth.data }
}

const epochsOf = (values: Float64Array) => Float64Array.from(values, (_, epoch) => epoch)
