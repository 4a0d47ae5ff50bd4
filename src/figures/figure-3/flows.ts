import type * as Plot from '@observablehq/plot'
import type { Axis } from '../axis.js'
import { flowLineMarks, type LineGhost, thresholdStyle } from '../flow-line.js'
import type { LegendEntry } from '../legend.js'
import { cornerNote, note, verticalRule } from '../marks.js'
import { formatCount, formatNumber } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { FlowPicture, TrainingPicture } from './data.js'

/** κ at which the output is one half. */
const threshold = 1
const tickNumbers = { ticks: 6, format: formatNumber } as const

/** The latent flows of one training, one panel each, on shared axes. */
export function flowPanels({ flows }: TrainingPicture, theme: Theme): BarePanel[] {
  const x: Axis = { domain: kappaDomain(flows), ...tickNumbers }
  const y: Axis = { domain: flowDomain(flows), label: 'F(κ)', ticks: 3, format: formatNumber }
  return flows.map((flow, i): BarePanel => {
    const last = i === flows.length - 1
    const heading = i === 0 ? { title: 'Latent flow κ′ = F(κ)', legend: flowLegend(flows, theme) } : {}
    return {
      ...heading,
      x: last ? { ...x, label: 'κ' } : { ...x, numbered: false },
      y,
      marks: flowMarks(flow, { x, y }, theme),
      areas: [verticalRule(threshold, thresholdStyle(theme))],
    }
  })
}

function flowLegend(flows: readonly FlowPicture[], theme: Theme): LegendEntry[] {
  const { colours } = theme
  const points = flows.flatMap(({ fixedPoints }) => fixedPoints)
  const entries: (LegendEntry | false)[] = [
    { label: 'κ(0)', symbol: 'triangle', colour: colours.measurement },
    { label: 'threshold', line: thresholdStyle(theme) },
    points.some(({ stable }) => stable) && { label: 'stable', symbol: 'dot', colour: colours.ink },
    points.some(({ stable }) => !stable) && { label: 'unstable', symbol: 'ring', colour: colours.ink },
    flows.some(({ ghost }) => ghost) && { label: 'ghost', symbol: 'diamond', colour: colours.ghost },
  ]
  return entries.filter(entry => entry !== false)
}

function flowMarks(picture: FlowPicture, axes: { x: Axis; y: Axis }, theme: Theme): Plot.Markish[] {
  const { epoch, kappa, flow, start, fixedPoints, ghost } = picture
  const ghosts: LineGhost[] =
    ghost === undefined
      ? []
      : [{ x: ghost.kappa, velocity: ghost.speed, dwell: `${formatNumber(ghost.dwellSteps, 2)} steps` }]
  const line = { x: kappa, velocity: flow, starts: [start], fixedPoints, ghosts }
  const count = `${fixedPoints.length} fixed point${fixedPoints.length === 1 ? '' : 's'}`
  return [
    ...flowLineMarks(line, axes, theme),
    ...outsideMarks(fixedPoints, axes.x, theme),
    cornerNote(`epoch ${formatCount(epoch)}\n${count}`, freeCorner(picture, axes), theme),
  ]
}

/** Says at the edge of the frame where the fixed points beyond it are. */
function outsideMarks(
  fixedPoints: FlowPicture['fixedPoints'],
  { domain }: Axis,
  theme: Theme,
): Plot.Markish[] {
  const [left, right] = domain
  const named = fixedPoints.map(({ x, stable }) => ({
    x,
    text: `${stable ? 'stable' : 'unstable'} ${formatNumber(x)}`,
  }))
  const edge = (at: number, text: string, dx: number, textAnchor: 'start' | 'end') =>
    note(text, { x: at, y: 0 }, theme.colours.ink, theme, { dx, dy: 13, textAnchor })
  const before = named.filter(({ x }) => x < left).map(({ text }) => text)
  const beyond = named.filter(({ x }) => x > right).map(({ text }) => text)
  return [
    ...(before.length === 0 ? [] : [edge(left, `← ${before.join(', ')}`, 6, 'start')]),
    ...(beyond.length === 0 ? [] : [edge(right, `${beyond.join(', ')} →`, -4, 'end')]),
  ]
}

/** From left of every κ(0) to right of the threshold, with the fixed points that the flow is drawn at. */
function kappaDomain(flows: readonly FlowPicture[]): [number, number] {
  const drawn = extent(...flows.map(({ kappa }) => kappa))
  const points = flows.flatMap(({ fixedPoints }) => fixedPoints.map(({ x }) => x))
  const near = points.filter(x => x > drawn[0] && x < drawn[1])
  const [low, high] = extent(
    [0, threshold],
    flows.map(({ start }) => start),
    near,
  )
  return [low - 0.6, high + 0.6]
}

/**
 * What F spans on the way from κ(0) to the threshold, but no more than half as far below 0 as above it:
 * what matters is how close to 0 it comes on the way up.
 */
function flowDomain(flows: readonly FlowPicture[]): [number, number] {
  const spans = flows.map(({ kappa, flow, start }) => {
    const [from, to] = [Math.min(start, threshold) - 0.3, Math.max(start, threshold) + 0.3]
    return flow.filter((_, i) => kappa[i]! >= from && kappa[i]! <= to)
  })
  const [low, high] = extent([0], ...spans)
  const foot = high > 0 ? Math.max(low, -high / 2) : low
  const pad = 0.2 * (high - foot || 1)
  return [foot - pad, high + pad]
}

/** The width and height of a corner note as shares of the panel. */
const noteShare = { width: 0.28, height: 0.42 }

/** The upper corner that neither the visible flow nor the threshold runs through; the left one if both are free. */
function freeCorner({ kappa, flow }: FlowPicture, { x, y }: { x: Axis; y: Axis }): 'top-left' | 'top-right' {
  const [left, right] = x.domain
  const [bottom, top] = y.domain
  const width = noteShare.width * (right - left)
  const runsThrough = (low: number, high: number) =>
    (threshold >= low && threshold <= high) ||
    flow.some((value, i) => {
      const inside = kappa[i]! >= low && kappa[i]! <= high
      return inside && value <= top && value >= top - noteShare.height * (top - bottom)
    })
  return runsThrough(left, left + width) && !runsThrough(right - width, right) ? 'top-right' : 'top-left'
}

/** The flows of one training in words. */
export function describeFlows({ flows }: TrainingPicture): string {
  const shown = flows.map(({ epoch, start, fixedPoints, ghost }) => {
    const points = fixedPoints.map(({ x, stable }) => `${stable ? 'stable' : 'unstable'} ${formatNumber(x)}`)
    const slow =
      ghost === undefined
        ? 'no ghost'
        : `ghost at κ = ${formatNumber(ghost.kappa)}, dwell ${formatNumber(ghost.dwellSteps)} steps`
    return `epoch ${formatCount(epoch)}, κ(0) = ${formatNumber(start)}, fixed points ${points.join(', ') || 'none'}, ${slow}`
  })
  return shown.length === 0 ? 'No latent flow is shown.' : `Latent flow: ${shown.join('; ')}.`
}
