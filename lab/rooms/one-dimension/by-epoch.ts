import type * as Plot from '@observablehq/plot'
import type { Axis } from '../../../src/figures/axis.js'
import type { LegendEntry } from '../../../src/figures/legend.js'
import { curve, levelRule, note, shading } from '../../../src/figures/marks.js'
import { formatCount, formatNumber } from '../../../src/figures/numbers.js'
import type { BarePanel } from '../../../src/figures/panels.js'
import type { Theme } from '../../../src/figures/theme.js'
import { thin } from '../../../src/figures/thinning.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import { epoch, shownEpoch } from './clock.js'
import { flowCurve } from './flow-curve.js'
import { lossAxis } from './loss-axis.js'
import { type Path, path, reach } from './path.js'
import { rootAxis, toRoot } from './root-axis.js'
import type { Run } from './run.js'

/** r/r* and the loss against the epoch, up to the present one, over gradient flow in closed form. */

/** Points of a curve: more are not told apart. */
const mostPoints = 400

/** Values at the epochs 0 … `last`, thinned. */
function upTo(last: number, { epoch }: Path, values: Float64Array) {
  const [x, y] = [epoch.subarray(0, last + 1), values.subarray(0, last + 1)]
  const kept = thin(x, y, { limit: mostPoints })
  return { x: Float64Array.from(kept), y: Float64Array.from(kept, i => y[i]!) }
}

const epochAxis = ({ horizon }: Run): Axis => ({
  domain: [0, horizon],
  label: 'epoch',
  ticks: 4,
  format: formatCount,
})

function styles({ colours, lineWidth }: Theme, lost: boolean) {
  return {
    flow: { stroke: colours.theory, strokeWidth: lineWidth.thin, strokeDasharray: '2 3' },
    descent: { stroke: lost ? colours.lost : colours.measurement, strokeWidth: lineWidth.data },
  }
}

/** What both pictures have in common: the curves with their legend, and where theory expects the arrival. */
function panelOf(
  described: Path,
  last: number,
  {
    name,
    y,
    measured,
    predicted,
  }: {
    readonly name: string
    readonly y: Axis
    readonly measured: Float64Array
    readonly predicted: Float64Array
  },
  theme: Theme,
): BarePanel {
  const { run, r } = described
  const x = epochAxis(run)
  const { flow, descent } = styles(theme, r[last]! <= run.edge)
  const { x: at, y: value } = upTo(last, described, measured)
  return {
    title: name,
    x,
    y,
    legend: [
      { label: 'descent', line: descent },
      { label: 'gradient flow', line: flow },
    ],
    markers: [{ at: run.arrival, label: 'predicted arrival τ*', colour: theme.colours.muted, dashed: true }],
    marks: [curve(flowCurve.peek().epoch, predicted, { x, y }, flow), curve(at, value, { x, y }, descent)],
  }
}

export function parameterSpec(): PictureSpec | undefined {
  const described = path.value
  if (described === undefined) return undefined
  const { run, r, loss, gradient } = described
  const last = shownEpoch.value
  const [low, high] = reach.value
  const y = rootAxis(Math.max(-16, Math.min(-0.3, 1.2 * low)), Math.min(64, 1.1 * high))
  const predicted = flowCurve.value.relative.map(toRoot)
  const measured = r.subarray(0, last + 1).map(at => toRoot(at / run.best))
  return {
    panel: theme => {
      const panel = panelOf(described, last, { name: 'Descent of r', y, measured, predicted }, theme)
      const { legend, marks, areas } = levels(run, y, theme)
      return {
        ...panel,
        areas,
        legend: [...(panel.legend ?? []), ...legend],
        marks: [...marks, ...panel.marks],
      }
    },
    summary: `Epoch ${formatCount(last)}: r = ${formatNumber(r[last]! / run.best, 4)} r*. Gradient flow would arrive at r* at epoch ${formatCount(run.arrival)}.`,
    table: () => ({
      columns: ['epoch', 'r', 'r / r*', 'loss', 'dL/dr'],
      rows: Array.from(r.subarray(0, last + 1), (at, i) => [i, at, at / run.best, loss[i]!, gradient[i]!]),
    }),
  }
}

/** The optimum, the bifurcation and the zone. */
function levels({ edge, best, horizon }: Run, y: Axis, theme: Theme) {
  const { colours, lineWidth } = theme
  const optimum = { stroke: colours.optimum, strokeWidth: lineWidth.thin }
  const legend: LegendEntry[] = [
    { label: 'optimum r*', line: optimum },
    { label: 'no-learning zone', area: colours.zone },
  ]
  const marks: Plot.Markish[] = [
    levelRule(1, optimum),
    levelRule(0, { stroke: colours.muted, strokeWidth: lineWidth.thin, strokeDasharray: '4 3' }),
    note('bifurcation', { x: horizon, y: 0 }, colours.muted, theme, {
      textAnchor: 'end',
      dx: -6,
      dy: y.domain[0] < -0.4 ? 9 : -8,
      halo: colours.zone,
    }),
  ]
  return { legend, marks, areas: [shading({ y1: y.domain[0], y2: toRoot(edge / best) }, colours.zone)] }
}

export function lossSpec(): PictureSpec | undefined {
  const described = path.value
  if (described === undefined) return undefined
  const { run, loss } = described
  const last = shownEpoch.value
  const y = lossAxis(run.weight, run.times.delay)
  const predicted = flowCurve.value.loss
  return {
    panel: theme => {
      const panel = panelOf(described, last, { name: 'Loss', y, measured: loss, predicted }, theme)
      const { legend, marks } = floorOf(run, theme)
      return { ...panel, legend: [...(panel.legend ?? []), ...legend], marks: [...marks, ...panel.marks] }
    },
    summary: lossSummary(described, last),
    table: () => ({
      columns: ['epoch', 'loss'],
      rows: Array.from(loss.subarray(0, last + 1), (value, i) => [i, value]),
    }),
  }
}

/** The predicted mean loss late in training; it has its name in the legend, clear of all curves. */
function floorOf({ floor }: Run, { colours, lineWidth }: Theme) {
  if (floor === undefined) return { legend: [], marks: [] }
  const line = { stroke: colours.theory, strokeWidth: lineWidth.thin, strokeDasharray: '6 3' }
  const legend: LegendEntry[] = [{ label: 'predicted floor', line }]
  return { legend, marks: [levelRule(floor, line)] }
}

function lossSummary({ run, r, loss }: Path, last: number): string {
  const unit = run.weight === 1 ? ' time units' : ''
  const now = `Loss ${formatNumber(loss[last]!)}${unit} at epoch ${formatCount(last)}, ${formatNumber(loss[0]!)} at the start.`
  if (r[last]! <= run.edge) {
    const gradient = run.confidence === Number.POSITIVE_INFINITY ? 'is 0 for good' : 'is small, but not 0'
    return `${now} r is in the no-learning zone, where the gradient ${gradient}.`
  }
  if (last < run.arrival)
    return `${now} The fall is steepest on arrival, predicted at epoch ${formatCount(run.arrival)}.`
  return `${now} It does not settle: every step at r* leads across it.`
}

/** The present epoch on both. */
export function parameterMoving(): MovingMark[] {
  const described = path.value
  if (described === undefined) return []
  return [present(described, toRoot(described.r[epoch.value]! / described.run.best))]
}

export function lossMoving(): MovingMark[] {
  const described = path.value
  return described === undefined ? [] : [present(described, described.loss[epoch.value]!)]
}

function present({ r, run }: Path, y: number): MovingMark {
  const lost = r[epoch.value]! <= run.edge
  return { kind: 'dot', x: epoch.value, y, colour: lost ? 'lost' : 'measurement' }
}
