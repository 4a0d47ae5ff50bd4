import type * as Plot from '@observablehq/plot'
import type { Axis } from './axis.js'
import { curve, directionMarks, fixedPointMarks, ghostMark, levelRule, note } from './marks.js'
import { formatNumber } from './numbers.js'
import { type BarePanel, type Box, composeFigure, type Panel } from './panels.js'
import type { FigureContext } from './svg.js'
import type { Theme } from './theme.js'
import { extent } from './thinning.js'

/** The flow x' = x² + r at one r, and trajectories on it. */
export interface Figure1System {
  readonly r: number
  /** x ascending; velocity x² + r; same length. */
  readonly flow: { readonly x: Float64Array; readonly velocity: Float64Array }
  readonly fixedPoints: readonly { readonly x: number; readonly stable: boolean }[]
  /** x where |x'| is least, if there is no fixed point. */
  readonly ghost: number | undefined
  /** Time in time units; a trajectory that blows up may end early or grow beyond the frame. */
  readonly trajectories: readonly { readonly time: Float64Array; readonly x: Float64Array }[]
}

/** Figure 1: a ghost against a pair of fixed points, a column for each system. */
export interface Figure1Data {
  readonly systems: readonly Figure1System[]
}

const width = 960
const rowHeight = 300
const rowGap = 12

/** Draws figure 1: velocity against x above, x against time below. */
export function drawFigure1({ systems }: Figure1Data, context: FigureContext): SVGSVGElement {
  const columns = Math.max(1, systems.length)
  const box = (column: number, row: number): Box => ({
    x: (column * width) / columns,
    y: 8 + row * (rowHeight + rowGap),
    width: width / columns,
    height: rowHeight,
  })
  const letter = (column: number, row: number) => String.fromCharCode(97 + column + row * columns)
  const axes = sharedAxes(systems)
  const panels = systems.flatMap((system, column): Panel[] => [
    { ...flowPanel(system, axes, context.theme), box: box(column, 0), letter: letter(column, 0) },
    { ...timePanel(system, axes, context.theme), box: box(column, 1), letter: letter(column, 1) },
  ])
  return composeFigure(
    {
      id: 'figure-1',
      title: 'Figure 1: a ghost against a pair of fixed points',
      description: systems.map(describe).join(' '),
      width,
      height: 2 * rowHeight + rowGap + 16,
      panels,
    },
    context,
  )
}

interface SharedAxes {
  readonly x: Axis
  readonly velocity: Axis
  readonly time: Axis
}

/** The same axes in every column, so that columns can be compared. */
function sharedAxes(systems: readonly Figure1System[]): SharedAxes {
  const x = extent(...systems.map(({ flow }) => flow.x))
  const [low, high] = extent([0], ...systems.map(({ flow }) => flow.velocity))
  const time = extent([0], ...systems.flatMap(({ trajectories }) => trajectories.map(path => path.time)))
  const pad = 0.12 * (high - low)
  return {
    x: { domain: x, label: 'state x', ticks: 5, format: formatNumber },
    velocity: { domain: [low - pad, high], label: 'velocity x′ = x² + r', ticks: 5, format: formatNumber },
    time: { domain: time, label: 'time (time units)', ticks: 6, format: formatNumber },
  }
}

function flowPanel(system: Figure1System, axes: SharedAxes, theme: Theme): BarePanel {
  const { flow, fixedPoints, ghost, r } = system
  const panelAxes = { x: axes.x, y: axes.velocity }
  const { colours, lineWidth } = theme
  const avoid = fixedPoints.map(point => point.x)
  return {
    title: `r = ${signed(r)}: ${kindOf(system)}`,
    ...panelAxes,
    marks: [
      levelRule(0, { stroke: colours.axis, strokeWidth: lineWidth.axis }),
      directionMarks(flow.x, flow.velocity, { domain: axes.x.domain, avoid }, theme),
      curve(flow.x, flow.velocity, panelAxes, { stroke: colours.ink, strokeWidth: lineWidth.data }),
      fixedPointMarks(fixedPoints, theme),
      ...fixedPoints.map(({ x, stable }) =>
        note(stable ? 'stable' : 'unstable', { x, y: 0 }, colours.ink, theme, { dy: 17 }),
      ),
      ...(ghost === undefined ? [] : ghostMarks(ghost, r, theme)),
    ],
  }
}

function ghostMarks(ghost: number, r: number, theme: Theme): Plot.Markish[] {
  const speed = ghost * ghost + r
  const label = `ghost\nx′ = ${formatNumber(speed)}`
  return [
    ghostMark(ghost, speed, theme),
    note(label, { x: ghost, y: speed }, theme.colours.ghost, theme, { dy: -12, lineAnchor: 'bottom' }),
  ]
}

function timePanel(system: Figure1System, axes: SharedAxes, theme: Theme): BarePanel {
  const { fixedPoints, ghost, trajectories } = system
  const panelAxes = { x: axes.time, y: axes.x }
  const { colours, lineWidth } = theme
  const thin = { strokeWidth: lineWidth.thin }
  const levels = fixedPoints.map(({ x, stable }) => ({
    x,
    dy: stable ? 13 : -11,
    label: `${stable ? 'stable' : 'unstable'} fixed point, x = ${formatNumber(x)}`,
    style: { stroke: colours.ink, ...(stable ? {} : { strokeDasharray: '5 4' }), ...thin },
  }))
  if (ghost !== undefined) {
    const style = { stroke: colours.ghost, strokeDasharray: '5 4', ...thin }
    levels.push({ x: ghost, dy: -11, label: `ghost, x = ${formatNumber(ghost)}`, style })
  }
  return {
    title: ghost === undefined ? 'Drawn to the stable fixed point' : 'Slow past the ghost, then away',
    ...panelAxes,
    marks: [
      ...levels.map(({ x, style }) => levelRule(x, style)),
      ...trajectories.map(path =>
        curve(path.time, path.x, panelAxes, { stroke: colours.measurement, strokeWidth: lineWidth.data }),
      ),
      ...levels.map(({ x, dy, label, style }) =>
        note(label, { x: axes.time.domain[1], y: x }, style.stroke, theme, { dx: -4, dy, textAnchor: 'end' }),
      ),
    ],
  }
}

const signed = (value: number) => `${value > 0 ? '+' : ''}${formatNumber(value)}`

function kindOf({ fixedPoints, ghost }: Figure1System): string {
  if (fixedPoints.length > 0) return fixedPoints.length === 2 ? 'a pair of fixed points' : 'fixed points'
  return ghost === undefined ? 'no fixed point' : 'no fixed point, a ghost'
}

function describe(system: Figure1System): string {
  const { r, fixedPoints, ghost, trajectories } = system
  const points = fixedPoints
    .map(({ x, stable }) => `${stable ? 'stable' : 'unstable'} at x = ${formatNumber(x)}`)
    .join(', ')
  const slow =
    ghost === undefined ? '' : `; slowest at x = ${formatNumber(ghost)}, x′ = ${formatNumber(ghost ** 2 + r)}`
  const ends = `${trajectories.length} trajectories in time.`
  return `x′ = x² + r at r = ${signed(r)}: ${kindOf(system)}${points && ` (${points})`}${slow}; ${ends}`
}
