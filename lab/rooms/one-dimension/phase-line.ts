import * as Plot from '@observablehq/plot'
import type { Axis } from '../../../src/figures/axis.js'
import { flowLineMarks } from '../../../src/figures/flow-line.js'
import type { LegendEntry } from '../../../src/figures/legend.js'
import { ghostMark } from '../../../src/figures/marks.js'
import { formatNumber } from '../../../src/figures/numbers.js'
import type { Theme } from '../../../src/figures/theme.js'
import { linspace } from '../../../src/numerics/spacing.js'
import { fixedPointPair, fullPassageTime, trajectory } from '../../../src/theory/saddle-node.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import { shownEpoch, trialEpoch, trialTime } from './clock.js'
import { known, path } from './path.js'

/** The flow x′ = x² + r at the present epoch. States in units of √r*, velocities in units of r*. */

/** States between two of the marks at equal times, in units of T. */
const stroboscope = 0.1
/** r/r* that the window is made for, at the widest and at the narrowest. */
const [widest, narrowest] = [40, 0.25]

/** The phase line at one r. */
export interface PhaseLine {
  /** r/r*. */
  readonly relative: number
  readonly delay: number
  readonly x: Axis
  readonly y: Axis
  readonly state: Float64Array
  readonly velocity: Float64Array
  readonly fixedPoints: readonly { readonly x: number; readonly stable: boolean }[]
  /** π/√r in time units; undefined where fixed points bar the way. */
  readonly dwell: number | undefined
  /** States of a trial from 0, a tenth of T apart. */
  readonly atEqualTimes: readonly number[]
}

/**
 * @param relative r/r* at the present epoch
 * @param ahead the highest r/r* from there on: the window closes in with it, and never jumps back and forth
 */
export function createPhaseLine(relative: number, delay: number, ahead: number): PhaseLine {
  const fitted = Math.min(widest, Math.max(narrowest, ahead, Math.abs(relative)))
  const top = Math.max(4 * Math.sqrt(fitted), 1.25 * fitted)
  const bottom = Math.max(-top, Math.min(-0.2 * top, 1.3 * relative))
  const width = Math.sqrt(top)
  const state = linspace(-width, width, 121)
  const pair = fixedPointPair(relative, 1)
  return {
    relative,
    delay,
    x: { domain: [-width, width], label: 'state x / √r*', ticks: 5, format: formatNumber },
    y: { domain: [bottom, top], label: 'velocity x′ / r*', ticks: 5, format: formatNumber },
    state,
    velocity: state.map(x => x * x + relative),
    fixedPoints:
      pair === undefined
        ? []
        : [
            { x: pair.stable, stable: true },
            { x: pair.unstable, stable: false },
          ],
    dwell: relative > 0 ? fullPassageTime(relative, 1) * unitOfTime(delay) : undefined,
    atEqualTimes: Array.from({ length: 21 }, (_, i) => stateAt(i * stroboscope, relative)).filter(
      x => Math.abs(x) <= width,
    ),
  }
}

/** x/√r* at a time in units of T. */
export function stateAt(time: number, relative: number): number {
  // In units of √r* for the state, time is in units of 1/√r* = 2T/π.
  return trajectory((time * Math.PI) / 2, 0, relative)
}

/** 1/√r* = 2T/π, in time units. */
const unitOfTime = (delay: number) => (2 * delay) / Math.PI

function shown(): PhaseLine | undefined {
  const described = path.value
  if (described === undefined) return undefined
  const { r, run } = described
  let ahead = 0
  for (let epoch = shownEpoch.value; epoch < known.value; epoch++) ahead = Math.max(ahead, r[epoch]!)
  return createPhaseLine(r[shownEpoch.value]! / run.best, run.times.delay, ahead / run.best)
}

export function phaseLineSpec(): PictureSpec | undefined {
  const line = shown()
  if (line === undefined) return undefined
  return {
    panel: theme => ({
      title: 'Phase line: x′ = x² + r',
      legend: legendOf(line, theme),
      x: line.x,
      y: line.y,
      marks: marksOf(line, theme),
    }),
    summary: summaryOf(line),
    table: () => ({
      columns: ['x / √r*', 'x′ / r*'],
      rows: Array.from(line.state, (x, i) => [x, line.velocity[i]!]),
    }),
  }
}

function marksOf(line: PhaseLine, theme: Theme): Plot.Markish[] {
  const { x, y, state, velocity, relative, fixedPoints, dwell, atEqualTimes } = line
  const flow = { x: state, velocity, starts: [], fixedPoints, ghosts: [] }
  return [
    ...flowLineMarks(flow, { x, y }, theme),
    Plot.dot(atEqualTimes, {
      x: at => at,
      y: () => 0,
      // Under the line, clear of its arrows.
      dy: 9,
      r: 2.75,
      fill: theme.colours.measurement,
      stroke: theme.colours.paper,
      strokeWidth: 0.75,
    }),
    ...(dwell === undefined || relative > y.domain[1] ? [] : [ghostMark(0, relative, theme)]),
  ]
}

function legendOf({ dwell }: PhaseLine, { colours }: Theme): LegendEntry[] {
  const state: LegendEntry = { label: 'state, every T/10', symbol: 'dot', colour: colours.measurement }
  if (dwell === undefined) {
    return [
      state,
      { label: 'stable', symbol: 'dot', colour: colours.ink },
      { label: 'unstable', symbol: 'ring', colour: colours.ink },
    ]
  }
  return [
    state,
    { label: `ghost: passage takes ${formatNumber(dwell)}`, symbol: 'diamond', colour: colours.ghost },
  ]
}

function summaryOf({ relative, delay, dwell, fixedPoints }: PhaseLine): string {
  const at = `At r = ${formatNumber(relative)} r* `
  if (dwell !== undefined) {
    const left = dwell / 2
    const end =
      left > 2 * delay
        ? `The trial of ${2 * delay} ends before the state has left it, which takes ${formatNumber(left)}.`
        : `The state has left it at t* = ${formatNumber(left)} of ${2 * delay}.`
    return `${at}nothing rests: the velocity is lowest at x = 0, the ghost. ${end}`
  }
  const [stable, unstable] = fixedPoints.map(({ x }) => formatNumber(x))
  return `${at}there are two fixed points: stable at ${stable} √r*, unstable at ${unstable} √r*. The state rests, and the output never switches on.`
}

/** The state of the trial that runs. */
export function phaseLineMoving(): MovingMark[] {
  const described = path.value
  if (described === undefined) return []
  const { r, run } = described
  const x = stateAt(trialTime.value, r[trialEpoch.value]! / run.best)
  return Number.isFinite(x) ? [{ kind: 'dot', x, y: 0, colour: 'measurement' }] : []
}
