import type * as Plot from '@observablehq/plot'
import type { Axis } from '../../../src/figures/axis.js'
import { band, curve, note } from '../../../src/figures/marks.js'
import { formatNumber } from '../../../src/figures/numbers.js'
import type { Theme } from '../../../src/figures/theme.js'
import { publishedToy } from '../../../src/models/toy.js'
import { linspace } from '../../../src/numerics/spacing.js'
import { switchingTime } from '../../../src/theory/delayed-activation.js'
import { trajectory } from '../../../src/theory/saddle-node.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import { shownEpoch, trialTime } from './clock.js'
import { path } from './path.js'
import type { Run } from './run.js'

/** One trial at the present epoch: the output against its target; the area between them is what the loss measures. */

export interface Trial {
  /** t/T. */
  readonly time: Float64Array
  readonly output: Float64Array
  readonly target: Float64Array
  /** t* over T. */
  readonly switching: number
}

const points = 240

export function createTrial(
  r: number,
  { times: { delay }, confidence }: Pick<Run, 'times' | 'confidence'>,
): Trial {
  const switching = switchingTime(r) / delay
  const even = linspace(0, 2, points)
  // Both sides of each step, so that steps are drawn upright.
  const steps = [1, switching].filter(at => at < 2).flatMap(at => [at * (1 - 1e-9), at * (1 + 1e-9)])
  const time = Float64Array.from([...even, ...steps]).sort()
  return {
    time,
    switching,
    output: time.map(t => outputOf(trajectory(t * delay, 0, r), confidence)),
    target: time.map(t => (t > 1 ? 1 : 0)),
  }
}

/** σ(a(x − x*)), a step where the state blows up if a is infinite. */
function outputOf(x: number, confidence: number): number {
  if (confidence === Number.POSITIVE_INFINITY) return x === Number.POSITIVE_INFINITY ? 1 : 0
  return 1 / (1 + Math.exp(-confidence * (x - publishedToy.threshold)))
}

const axes: { readonly x: Axis; readonly y: Axis } = {
  x: { domain: [0, 2], label: 'time t / T', ticks: [0, 0.5, 1, 1.5, 2], format: formatNumber },
  y: { domain: [-0.04, 1.08], label: 'output', ticks: [0, 0.5, 1], format: formatNumber },
}

export function trialSpec(): PictureSpec | undefined {
  const described = path.value
  if (described === undefined) return undefined
  const { r, loss, run } = described
  const trial = createTrial(r[shownEpoch.value]!, run)
  return {
    panel: theme => ({ title: 'One trial', ...axes, ...drawn(trial, theme) }),
    summary: summaryOf(trial, loss[shownEpoch.value]!, run),
    table: () => ({
      columns: ['t / T', 'output', 'target'],
      rows: Array.from(trial.time, (t, i) => [t, trial.output[i]!, trial.target[i]!]),
    }),
  }
}

/** A wrong stretch narrower than this, in units of T, has no room for its name. */
const roomForName = 0.2

function drawn({ time, output, target, switching }: Trial, theme: Theme) {
  const { colours, lineWidth } = theme
  const wanted = { stroke: colours.optimum, strokeWidth: lineWidth.data, strokeDasharray: '5 3' }
  const actual = { stroke: colours.measurement, strokeWidth: lineWidth.data }
  const end = Math.min(2, switching)
  const marks: Plot.Markish[] = [
    band(time, output, target, axes, colours.secondary),
    curve(time, target, axes, wanted),
    curve(time, output, axes, actual),
    ...(Math.abs(end - 1) < roomForName
      ? []
      : [note('wrong', { x: (1 + end) / 2, y: 0.5 }, colours.secondary, theme)]),
  ]
  return {
    marks,
    legend: [
      { label: 'output', line: actual },
      { label: 'target', line: wanted },
      { label: 'now', line: { stroke: colours.ink, strokeWidth: lineWidth.data } },
    ],
    markers: [{ at: switching, label: 'blow-up t*', colour: colours.measurement }],
  }
}

function summaryOf({ switching }: Trial, loss: number, { normalisation, times: { delay } }: Run): string {
  const unit = normalisation === 'normalised' ? '' : ' time units'
  const when =
    switching < 2
      ? `The state blows up at t* = ${formatNumber(switching)} T, ${switching < 1 ? 'too early' : 'too late'} for T = ${delay}`
      : 'The state does not blow up within the trial'
  return `${when}; loss ${formatNumber(loss)}${unit}.`
}

/** The time within the trial that runs. */
export function trialMoving(): MovingMark[] {
  return [{ kind: 'rule', x: trialTime.value, colour: 'ink' }]
}
