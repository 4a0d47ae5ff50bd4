import type * as Plot from '@observablehq/plot'
import type { Axis } from './axis.js'
import {
  curve,
  directionMarks,
  fixedPointMarks,
  ghostMark,
  type LineStyle,
  levelRule,
  note,
  shading,
  slowMark,
  startMark,
} from './marks.js'
import type { Theme } from './theme.js'

/** A flow on a line: its velocity as a curve over the state, and what is found on it. */
export interface FlowLine {
  /** Ascending. */
  readonly x: Float64Array
  readonly velocity: Float64Array
  readonly starts: readonly number[]
  readonly fixedPoints: readonly { readonly x: number; readonly stable: boolean }[]
  readonly ghosts: readonly LineGhost[]
  /** Slow points that are no ghosts. */
  readonly slow?: readonly { readonly x: number; readonly velocity: number }[]
}

/** A ghost on a line. */
export interface LineGhost {
  readonly x: number
  readonly velocity: number
  /** Its dwell time with the unit. */
  readonly dwell: string
  readonly window?: readonly [number, number]
}

/** The line of a threshold. */
export const thresholdStyle = ({ colours, lineWidth }: Theme): LineStyle => ({
  stroke: colours.optimum,
  strokeWidth: lineWidth.thin,
  strokeDasharray: '4 3',
})

/** The curve with the zero line, arrows on it, and all symbols. */
export function flowLineMarks(line: FlowLine, axes: { x: Axis; y: Axis }, theme: Theme): Plot.Markish[] {
  const { x, velocity, starts, fixedPoints, ghosts, slow = [] } = line
  const { colours, lineWidth } = theme
  const avoid = [...fixedPoints, ...starts.map(at => ({ x: at })), ...ghosts].map(point => point.x)
  return [
    levelRule(0, { stroke: colours.axis, strokeWidth: lineWidth.axis }),
    directionMarks(x, velocity, { domain: axes.x.domain, avoid }, theme),
    curve(x, velocity, axes, { stroke: colours.ink, strokeWidth: lineWidth.data }),
    fixedPointMarks(fixedPoints, theme),
    ...starts.map(start => startMark(start, theme)),
    ...slow.map(point => slowMark(point.x, point.velocity, theme)),
    ...ghosts.flatMap(ghost => [
      ghostMark(ghost.x, ghost.velocity, theme),
      note(ghost.dwell, { x: ghost.x, y: ghost.velocity }, colours.ghost, theme, { dy: -16 }),
    ]),
  ]
}

/** The windows of ghosts as areas, under everything. */
export function ghostWindows({ ghosts }: FlowLine, { x }: { x: Axis }, { colours }: Theme): Plot.Markish[] {
  const [first, last] = x.domain
  return ghosts.flatMap(({ window }) => {
    const [x1, x2] = [Math.max(first, window?.[0] ?? last), Math.min(last, window?.[1] ?? first)]
    return x1 < x2 ? [shading({ x1, x2 }, colours.ghostArea)] : []
  })
}
