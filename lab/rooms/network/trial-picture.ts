import type { Axis } from '../../../src/figures/axis.js'
import { curve, levelRule } from '../../../src/figures/marks.js'
import type { BarePanel } from '../../../src/figures/panels.js'
import type { Theme } from '../../../src/figures/theme.js'
import { tickNumber } from '../../ui/cached-format.js'
import type { PictureSpec } from '../../ui/picture-spec.js'
import type { LatentView } from '../../work/latent-view.js'

/** Output and target over the steps of a trial. */

export interface TrialPicture {
  readonly view: LatentView
  /** Steps to stay off, and as many to be on. */
  readonly delay: number
}

const output: Axis = {
  domain: [-0.06, 1.06],
  label: 'output',
  ticks: [0, 0.5, 1],
  format: tickNumber,
}

export function trialPicture(picture: TrialPicture): PictureSpec {
  const { view, delay } = picture
  const { outputs, kappa } = view.trial
  const target = (step: number) => (step > delay ? 1 : 0)
  return {
    panel: theme => panelOf(picture, theme),
    summary: summaryOf(picture),
    table: () => ({
      columns: ['step', 'output', 'target', 'κ'],
      rows: Array.from(outputs, (value, i) => [i + 1, value, target(i + 1), kappa[i + 1]!]),
    }),
  }
}

function panelOf({ view, delay }: TrialPicture, theme: Theme): BarePanel {
  const { outputs } = view.trial
  const { colours, lineWidth } = theme
  const x: Axis = { domain: [0, 2 * delay], label: 'step of the trial', ticks: 5, format: tickNumber }
  const axes = { x, y: output }
  const steps = Array.from(outputs, (_, i) => i + 1)
  const measured = { stroke: colours.measurement, strokeWidth: lineWidth.data }
  const wanted = { stroke: colours.optimum, strokeWidth: lineWidth.thin, strokeDasharray: '4 3' }
  return {
    title: 'Output of the network in one trial',
    legend: [
      { label: 'output', line: measured },
      { label: 'target', line: wanted },
    ],
    x,
    y: output,
    areas: [levelRule(0.5, { stroke: colours.axis, strokeWidth: 0.5 })],
    marks: [
      curve([0, delay + 0.5, delay + 0.5, 2 * delay], [0, 0, 1, 1], axes, wanted),
      curve(steps, outputs, axes, measured),
    ],
  }
}

function summaryOf({ view, delay }: TrialPicture): string {
  const { outputs } = view.trial
  const on = outputs.findIndex(value => value > 0.5)
  const off = outputs.findIndex((value, i) => i > on && value <= 0.5)
  const ever = on < 0 ? 'The output stays off.' : `The output switches on at step ${on + 1}.`
  const again = on >= 0 && off >= 0 ? ` and off again at step ${off + 1}` : ''
  return `${ever.slice(0, -1)}${again}. It is to be off up to step ${delay} and on from step ${delay + 1} on.`
}
