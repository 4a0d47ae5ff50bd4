import type * as Plot from '@observablehq/plot'
import type { Axis } from '../../../src/figures/axis.js'
import type { VerticalMarker } from '../../../src/figures/marker-labels.js'
import { curve, levelRule, note } from '../../../src/figures/marks.js'
import { formatCount, formatNumber } from '../../../src/figures/numbers.js'
import type { Theme } from '../../../src/figures/theme.js'
import { delayedActivation } from '../../../src/tasks/delayed-activation.js'
import type { History } from '../../../src/training/history.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import type { TwinLook } from '../../work/pair-protocol.js'
import { type TwinLine, twinLegend, twinMarks, twinStyle, twinTable } from './twin-lines.js'

/** Pictures of two trainings beside one another: a quantity against epoch, and what the networks answer. */

/** A twin as the pictures need it. */
export interface ShownTwin {
  readonly name: string
  readonly history: History
}

export interface EpochPicture {
  readonly title: string
  readonly quantity: string
  readonly twins: readonly ShownTwin[]
  readonly columnOf: (history: History) => Float64Array
  readonly window: readonly [number, number]
  readonly y: Omit<Axis, 'label'>
  readonly markers?: (theme: Theme) => readonly VerticalMarker[]
  /** A level with a name. */
  readonly level?: { readonly at: number; readonly name: string }
  readonly summary: string
}

/** A quantity of both against epoch. */
export function epochSpec(picture: EpochPicture): PictureSpec {
  const { title, quantity, twins, columnOf, window, markers, level, summary } = picture
  const lines = () =>
    twins.map(({ name, history }): TwinLine => ({ name, x: history.epoch, y: columnOf(history) }))
  const x: Axis = { domain: window, label: 'epoch', ticks: 5, format: formatCount }
  const y: Axis = { ...picture.y, label: quantity }
  return {
    summary,
    panel: theme => {
      const drawn = lines()
      const levels = level === undefined ? [] : levelMarks(level, window, theme)
      return {
        title,
        legend: twinLegend(drawn, theme),
        x,
        y,
        markers: markers?.(theme) ?? [],
        marks: [...levels, ...twinMarks(drawn, { x, y }, theme)],
      }
    },
    table: () =>
      twinTable(
        'epoch',
        twins.flatMap(({ name, history }) => [
          { name: `${quantity}, ${name}`, line: { name, x: history.epoch, y: columnOf(history) } },
          { name: `accuracy, ${name}`, line: { name, x: history.epoch, y: history.accuracy } },
        ]),
      ),
  }
}

function levelMarks(
  { at, name }: { readonly at: number; readonly name: string },
  [left]: readonly [number, number],
  theme: Theme,
): Plot.Markish[] {
  const { colours, lineWidth } = theme
  return [
    levelRule(at, { stroke: colours.optimum, strokeWidth: lineWidth.thin, strokeDasharray: '5 3' }),
    note(name, { x: left, y: at }, colours.optimum, theme, { dx: 6, dy: 10, textAnchor: 'start' }),
  ]
}

/** Signs at the place that is seen. */
export function placeMarks(
  epoch: number,
  values: readonly (number | undefined)[],
  ahead: boolean,
): MovingMark[] {
  const rule: MovingMark[] = ahead ? [{ kind: 'rule', x: epoch, colour: 'axis' }] : []
  const signs = values.flatMap((y, i): MovingMark[] => {
    if (y === undefined) return []
    return [{ kind: i === 0 ? 'dot' : 'ring', x: epoch, y, colour: i === 0 ? 'measurement' : 'secondary' }]
  })
  return [...rule, ...signs]
}

const { targets, steps } = delayedActivation({ delay: 20 })
const step = Float64Array.from(targets, (_, i) => i + 1)

/** What the networks answer at an epoch, against what they should. */
export function outputsSpec(
  epoch: number,
  names: readonly string[],
  looks: readonly TwinLook[],
): PictureSpec | undefined {
  if (looks.length === 0) return undefined
  const x: Axis = { domain: [0.5, steps + 0.5], label: 'step', ticks: [1, 10, 20, 30, 40] }
  const y: Axis = { domain: [-0.06, 1.16], label: 'output', ticks: [0, 0.5, 1], format: formatNumber }
  const axes = { x, y }
  const title = 'What the networks answer'
  const answers = looks.map(({ outputs }, i) => `${names[i]}: ${describeOutputs(outputs)}`)
  return {
    summary: `Epoch ${formatCount(epoch)}. ${answers.join('; ')}. It should turn on after step 20.`,
    panel: theme => ({
      title,
      legend: [
        { label: 'target', line: targetStyle(theme) },
        ...looks.map((_, i) => ({ label: names[i]!, line: outputStyle(i, theme) })),
      ],
      ...axes,
      marks: [
        curve(...stairs(), axes, targetStyle(theme)),
        ...looks.map(({ outputs }, i) => curve(step, outputs, axes, outputStyle(i, theme))),
      ],
    }),
    table: () => ({
      columns: ['step', 'target', ...looks.map((_, i) => `output, ${names[i]}`)],
      rows: Array.from(step, (at, i) => [at, targets[i]!, ...looks.map(({ outputs }) => outputs[i]!)]),
    }),
  }
}

const targetStyle = ({ colours, lineWidth }: Theme) => ({
  stroke: colours.theory,
  strokeWidth: lineWidth.thin,
  strokeDasharray: '2 3',
})

/** Outputs lie on each other more often than losses: the second is dashed as well. */
function outputStyle(twin: number, theme: Theme) {
  const style = twinStyle(twin, theme)
  return twin === 0 ? style : { ...style, strokeDasharray: '7 3' }
}

/** The target as a line that rises between two steps. */
function stairs(): [number[], number[]] {
  const rise = targets.indexOf(1) + 0.5
  return [
    [0.5, rise, rise, steps + 0.5],
    [0, 0, 1, 1],
  ]
}

function describeOutputs(outputs: Float64Array): string {
  if (!outputs.every(Number.isFinite)) return 'no finite output'
  const on = outputs.findIndex(value => value > 0.5)
  const [low, high] = [Math.min(...outputs), Math.max(...outputs)]
  const range = `output from ${formatNumber(low, 2)} to ${formatNumber(high, 2)}`
  return on < 0 ? `never on, ${range}` : `on from step ${on + 1}, ${range}`
}
