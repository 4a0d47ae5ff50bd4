import type { Axis } from '../../../src/figures/axis.js'
import { flowLineMarks, type LineGhost, thresholdStyle } from '../../../src/figures/flow-line.js'
import type { LegendEntry } from '../../../src/figures/legend.js'
import { verticalRule } from '../../../src/figures/marks.js'
import { formatCount, formatNumber } from '../../../src/figures/numbers.js'
import type { BarePanel } from '../../../src/figures/panels.js'
import type { Theme } from '../../../src/figures/theme.js'
import { readoutThreshold } from '../../../src/models/rank-one.js'
import { tickNumber } from '../../ui/cached-format.js'
import type { PictureSpec } from '../../ui/picture-spec.js'
import { type LatentView, mostWeight } from '../../work/latent-view.js'

/** The latent flow of a rank-one network with what is found on it. */
export function flowPicture(view: LatentView): PictureSpec {
  return {
    panel: theme => panelOf(view, theme),
    summary: summaryOf(view),
    table: () => ({
      columns: ['κ', 'F(κ) per time constant'],
      rows: Array.from(view.kappa, (kappa, i) => [kappa, view.flow[i]!]),
    }),
  }
}

/** The axes of a flow. */
export function flowAxes(view: LatentView): { x: Axis; y: Axis } {
  const domain = [view.kappa[0]!, view.kappa.at(-1)!] as const
  return {
    x: { domain, label: 'κ', ticks: 6, format: tickNumber },
    y: { domain: flowShown(view), label: 'F(κ)', ticks: 5, format: tickNumber },
  }
}

/** Flows of large weights are cut off there. */
const mostFlow = 20

/** F on the way from κ(0) to the threshold, no further below 0 than above it, in halves, so that the axis stands still while the network changes. */
function flowShown({ kappa, flow, trial }: LatentView): [number, number] {
  const start = trial.kappa[0]!
  const from = Math.min(start, readoutThreshold) - 0.5
  const to = Math.max(start, readoutThreshold) + 1.5
  const passed = flow.filter((at, i) => Number.isFinite(at) && kappa[i]! >= from && kappa[i]! <= to)
  const [low, high] = [Math.min(-0.5, ...passed), Math.min(mostFlow, Math.max(0.5, ...passed))]
  return [Math.floor(2 * Math.max(low, -high)) / 2, Math.ceil(2 * high + 0.4) / 2]
}

function panelOf(view: LatentView, theme: Theme): BarePanel {
  const { portrait, kappa, flow, trial } = view
  const axes = flowAxes(view)
  const fixedPoints = portrait?.fixedPoints ?? []
  const line = {
    x: kappa,
    velocity: flow,
    starts: [trial.kappa[0]!],
    fixedPoints,
    ghosts: ghostsOf(portrait),
  }
  return {
    title: `Latent flow κ′ = F(κ) at epoch ${formatCount(view.epoch)}`,
    legend: legendOf(theme),
    ...axes,
    areas: [verticalRule(readoutThreshold, thresholdStyle(theme))],
    marks: flowLineMarks(line, axes, theme),
  }
}

function ghostsOf(portrait: LatentView['portrait']): LineGhost[] {
  const ghost = portrait?.ghost
  if (ghost === undefined) return []
  return [{ x: ghost.kappa, velocity: ghost.speed, dwell: `${formatNumber(ghost.dwellSteps, 2)} steps` }]
}

/** All that can be seen, so that the picture keeps its place. */
function legendOf(theme: Theme): LegendEntry[] {
  const { colours } = theme
  return [
    { label: 'start κ(0)', symbol: 'triangle', colour: colours.measurement },
    { label: 'κ in the trial', symbol: 'dot', colour: colours.measurement },
    { label: 'threshold', line: thresholdStyle(theme) },
    { label: 'stable', symbol: 'dot', colour: colours.ink },
    { label: 'unstable', symbol: 'ring', colour: colours.ink },
    { label: 'ghost', symbol: 'diamond', colour: colours.ghost },
  ]
}

function summaryOf({ portrait }: LatentView): string {
  if (portrait === undefined) {
    return `Weights have grown beyond ${formatCount(mostWeight)}: fixed points and ghosts are not looked for.`
  }
  const { start, fixedPoints, ghost } = portrait
  const points = fixedPoints.map(({ x, stable }) => `${stable ? 'stable' : 'unstable'} at ${formatNumber(x)}`)
  const many = `${fixedPoints.length} fixed point${fixedPoints.length === 1 ? '' : 's'}`
  const found = points.length === 0 ? 'No fixed point' : `${many}: ${points.join(', ')}`
  const slow =
    ghost === undefined
      ? 'No ghost between start and threshold.'
      : `A ghost at κ = ${formatNumber(ghost.kappa)}, where F is ${formatNumber(ghost.speed)}; its dwell time is ${formatNumber(ghost.dwellSteps)} steps.`
  return `${found}. κ starts at ${formatNumber(start)}; the output is on above κ = 1. ${slow}`
}
