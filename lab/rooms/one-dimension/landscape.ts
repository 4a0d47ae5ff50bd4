import type * as Plot from '@observablehq/plot'
import type { Axis } from '../../../src/figures/axis.js'
import type { LegendEntry } from '../../../src/figures/legend.js'
import { curve, type LineStyle, note, shading } from '../../../src/figures/marks.js'
import { formatNumber } from '../../../src/figures/numbers.js'
import type { BarePanel } from '../../../src/figures/panels.js'
import type { Theme } from '../../../src/figures/theme.js'
import { linspace } from '../../../src/numerics/spacing.js'
import { loss as lossOf } from '../../../src/theory/delayed-activation.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import { epoch, shownEpoch } from './clock.js'
import { lossAxis } from './loss-axis.js'
import { type SimulatedLoss, simulatedLoss } from './measured.js'
import { type Path, path, reach } from './path.js'
import { fromRoot, rootAxis, toRoot } from './root-axis.js'
import type { Run } from './run.js'

/** The loss against r, with the iterate of the descent on it. */

export interface Landscape {
  /** r/r* on the root scale, ascending. */
  readonly root: Float64Array
  readonly loss: Float64Array
  /** r_z/r*. */
  readonly edge: number
  readonly x: Axis
  readonly y: Axis
}

const points = 300
/** Beyond these r/r* the iterate is drawn at the frame, or not at all. */
const [farthestBelow, farthestAbove] = [-16, 64]
/** Hops that stay visible behind the iterate. */
const trail = 6

export function createLandscape(
  { times, normalisation, best, edge, weight }: Run,
  [lowest, highest]: readonly [number, number],
): Landscape {
  const low = Math.max(farthestBelow, Math.min(-1, 1.2 * lowest))
  const high = Math.min(farthestAbove, 1.1 * Math.max(2, highest))
  const x = rootAxis(low, high)
  const even = linspace(x.domain[0], x.domain[1], points)
  const zone = toRoot(edge / best)
  // Both sides of the jump, and the kink itself.
  const root = Float64Array.of(...even, zone, zone * (1 + 1e-9), 1).sort()
  return {
    root,
    loss: root.map(at => lossOf(best * fromRoot(at), times, normalisation)),
    edge: edge / best,
    x,
    y: lossAxis(weight, times.delay),
  }
}

export function landscapeSpec(): PictureSpec | undefined {
  const described = path.value
  if (described === undefined) return undefined
  const landscape = createLandscape(described.run, reach.value)
  const simulated = simulatedLoss.value
  const at = shownEpoch.value
  return {
    panel: theme => panelOf(landscape, simulated, described.run, theme),
    summary: summaryOf(landscape, described, at),
    table: () => ({
      columns: ['r / r*', 'loss', 'confidence'],
      rows: [
        ...Array.from(landscape.root, (root, i) => [fromRoot(root), landscape.loss[i]!, 'infinite']),
        ...Array.from(simulated?.r ?? [], (r, i) => [
          r / described.run.best,
          simulated!.loss[i]!,
          simulated!.confidence,
        ]),
      ],
    }),
  }
}

/** The closed form, and the simulation beside it at a finite confidence. */
function curvesOf(
  { root, loss, x, y }: Landscape,
  simulated: SimulatedLoss | undefined,
  best: number,
  { colours, lineWidth }: Theme,
): { readonly marks: Plot.Markish[]; readonly legend: LegendEntry[] } {
  const closed: LineStyle = { stroke: colours.theory, strokeWidth: lineWidth.data }
  const marks = [curve(root, loss, { x, y }, closed)]
  if (simulated === undefined) return { marks, legend: [] }
  const beside: LineStyle = { stroke: colours.secondary, strokeWidth: lineWidth.data, strokeDasharray: '6 3' }
  const roots = simulated.r.map(at => toRoot(at / best))
  return {
    marks: [...marks, curve(roots, simulated.loss, { x, y }, beside)],
    legend: [
      { label: 'infinite confidence', line: closed },
      { label: `a = ${simulated.confidence}, simulated`, line: beside },
    ],
  }
}

function panelOf(
  landscape: Landscape,
  simulated: SimulatedLoss | undefined,
  { best }: Run,
  theme: Theme,
): BarePanel {
  const { edge, x, y } = landscape
  const { colours } = theme
  const { marks, legend } = curvesOf(landscape, simulated, best, theme)
  const zone = toRoot(edge)
  const inZone = { x: (x.domain[0] + Math.min(0, zone)) / 2, y: 0.3 * y.domain[1] }
  const name = note('no-\nlearning\nzone', inZone, colours.muted, theme, { halo: colours.zone })
  return {
    title: 'Loss landscape',
    x,
    y,
    legend,
    areas: [shading({ x1: x.domain[0], x2: zone }, colours.zone)],
    markers: [
      { at: 0, label: 'bifurcation', colour: colours.muted, dashed: true },
      { at: 1, label: 'optimum r*', colour: colours.optimum },
    ],
    marks: [...marks, name],
  }
}

function summaryOf({ edge }: Landscape, { run, r, loss }: Path, at: number): string {
  const shape = `At infinite confidence the loss is 0 at r* and level below ${formatNumber(edge)} r*: the no-learning zone, which begins before the bifurcation at 0.`
  const where =
    r[at]! <= run.edge ? 'in the zone' : r[at]! <= run.best ? 'between the zone and r*' : 'above r*'
  return `${shape} The iterate is ${where}, with loss ${formatNumber(loss[at]!)}.`
}

/** The iterate, and its last few hops, fainter and fainter. */
export function landscapeMoving(): MovingMark[] {
  const described = path.value
  if (described === undefined) return []
  const { r, loss, run } = described
  const at = epoch.value
  const mark = (e: number) => ({ x: toRoot(r[e]! / run.best), y: loss[e]! })
  const colour = r[at]! <= run.edge ? ('lost' as const) : ('measurement' as const)
  const past = Array.from({ length: Math.min(trail, at) }, (_, i): MovingMark => {
    const age = Math.min(trail, at) - i
    return { kind: 'ring', ...mark(at - age), colour: 'measurement', opacity: 0.65 * (1 - age / (trail + 1)) }
  })
  return [...past, { kind: 'dot', ...mark(at), colour }]
}
