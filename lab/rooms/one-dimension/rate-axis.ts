import * as Plot from '@observablehq/plot'
import type { Axis } from '../../../src/figures/axis.js'
import { curve } from '../../../src/figures/marks.js'
import { formatPercent, formatPower } from '../../../src/figures/numbers.js'
import type { BarePanel } from '../../../src/figures/panels.js'
import type { Theme } from '../../../src/figures/theme.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import { type Outcomes, outcomes, startCount } from './measured.js'
import { relativeRates, run } from './run.js'

/** Which learning rates lose learning: predicted, and measured from many starts at infinite confidence. */

export function rateAxisSpec(): PictureSpec | undefined {
  const measured = outcomes.value
  if (measured === undefined) return undefined
  return {
    panel: theme => panelOf(measured, theme),
    summary: summaryOf(measured),
    table: () => ({
      columns: ['learning rate', 'α / α_c', 'starts lost', 'starts'],
      rows: Array.from(measured.rates, (rate, i) => [
        rate,
        rate / measured.critical,
        measured.lost[i]!,
        startCount,
      ]),
    }),
  }
}

function panelOf({ critical, rates, lost }: Outcomes, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const [low, high] = [relativeRates.lowest * critical, relativeRates.highest * critical]
  const x: Axis = {
    domain: [low / 1.08, high * 1.08],
    scale: 'log',
    label: 'learning rate α (per epoch); click to set',
    ticks: 4,
    format: formatPower,
  }
  const y: Axis = {
    domain: [-0.06, 1.12],
    label: 'share of starts lost',
    ticks: [0, 0.5, 1],
    format: formatPercent,
  }
  const predicted = { stroke: colours.theory, strokeWidth: lineWidth.thin }
  return {
    title: 'Which rates lose learning',
    legend: [
      { label: 'predicted', line: predicted },
      { label: `measured, ${startCount} starts each`, symbol: 'ring', colour: colours.measurement },
    ],
    x,
    y,
    markers: [{ at: critical, label: `critical rate ${formatPower(critical)}`, colour: colours.lost }],
    marks: [
      curve([low, critical, critical * (1 + 1e-9), high], [0, 0, 1, 1], { x, y }, predicted),
      Plot.dot([...rates.keys()], {
        x: i => rates[i]!,
        y: i => lost[i]! / startCount,
        r: 3.5,
        fill: colours.paper,
        stroke: colours.measurement,
        strokeWidth: 1.5,
      }),
    ],
  }
}

function summaryOf({ critical, rates, lost }: Outcomes): string {
  const none = rates.findLast((_, i) => lost[i] === 0) ?? Number.NaN
  const all = rates.find((_, i) => lost.subarray(i).every(count => count === startCount)) ?? Number.NaN
  return `Theory: rates above ${formatPower(critical)} can lose learning, those below cannot. Measured: none of ${startCount} starts is lost up to ${formatPower(none)}, all are from ${formatPower(all)} on.`
}

/** The rate that is set. */
export function rateAxisMoving(): MovingMark[] {
  const { rate, ratio } = run.value
  const colour = ratio > 1 ? 'lost' : 'measurement'
  return [
    { kind: 'rule', x: rate, colour },
    { kind: 'triangle', x: rate, y: 1.1, colour },
  ]
}
