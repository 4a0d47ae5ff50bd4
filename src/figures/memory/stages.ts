import * as Plot from '@observablehq/plot'
import type { ShareInterval } from '../../numerics/statistics.js'
import type { Axis } from '../axis.js'
import { curve, verticalRule } from '../marks.js'
import { formatNumber, formatPercent } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import type { MemoryTrainingData, StageShares } from './data.js'

/** Where the initial network stands on the axis, which has no 0. */
const initialFactor = 0.5

/** What there is near the trials' paths, as shares of the seeds that learn, on a time axis aligned at their first falls. */
export function stagesPanel({ stages, learning }: MemoryTrainingData, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const later = stages.filter(({ stage }) => stage > 0).map(({ stage }) => stage)
  const first = later.length > 0 ? Math.min(...later) : 0.1
  const initial = first * initialFactor
  const last = Math.max(2, ...later) * 1.15
  const x: Axis = {
    domain: [initial / 1.2, last],
    scale: 'log',
    label: 'epoch / epoch of the first fall',
    ticks: [initial, ...[0.1, 0.2, 0.5, 1, 2, 5].filter(tick => tick >= 0.99 * first && tick <= last)],
    format: value => (value === initial ? '0' : formatNumber(value)),
  }
  const y: Axis = { domain: [0, 1.04], label: 'share of seeds', ticks: [0, 0.5, 1], format: formatPercent }
  const at = ({ stage }: StageShares) => (stage > 0 ? stage : initial)
  // Side by side, so that no interval hides another.
  const series = (
    pick: (stage: StageShares) => ShareInterval,
    colour: string,
    symbol: 'diamond' | 'circle',
    by: number,
  ) => {
    const points = stages.map(stage => ({ x: at(stage) * by, ...pick(stage) }))
    const shown = points.filter(point => point.x > initial * 1.01)
    return [
      Plot.ruleX(points, {
        x: 'x',
        y1: 'low',
        y2: 'high',
        stroke: colour,
        strokeOpacity: 0.5,
        strokeWidth: 1.5,
      }),
      curve(
        shown.map(point => point.x),
        shown.map(({ share }) => share),
        { x, y },
        { stroke: colour, strokeWidth: lineWidth.thin },
      ),
      Plot.dot(points, {
        x: 'x',
        y: 'share',
        symbol,
        r: 4,
        fill: colour,
        stroke: colours.paper,
        strokeWidth: 1,
      }),
    ]
  }
  return {
    title: `Near the paths, of ${learning.seeds} seeds that learn (of ${learning.of})`,
    legend: [
      { label: 'ghost', symbol: 'diamond', colour: colours.ghost },
      { label: 'two or more stable fixed points', symbol: 'dot', colour: colours.ink },
    ],
    x,
    y,
    areas: [verticalRule(1, { stroke: colours.muted, strokeWidth: lineWidth.thin, strokeDasharray: '4 3' })],
    marks: [
      ...series(({ bistable }) => bistable, colours.ink, 'circle', 1.012),
      ...series(({ ghost }) => ghost, colours.ghost, 'diamond', 1 / 1.012),
    ],
  }
}
