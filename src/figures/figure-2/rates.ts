import * as Plot from '@observablehq/plot'
import type { Axis } from '../axis.js'
import { curve, note } from '../marks.js'
import { formatFixed, formatNumber, formatPower } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import { rateCurves } from '../rate-curves.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { Figure2Data, RateLaw } from './data.js'

/** Mean loss ± standard error against the learning rate, a curve for each epoch. */
export function sweepPanel({ sweep, criticalRate }: Figure2Data, theme: Theme): BarePanel {
  const x: Axis = {
    domain: logDomain(
      sweep.map(({ rate }) => rate),
      [1e-11, 1e-8],
    ),
    scale: 'log',
    label: 'learning rate α',
    ticks: 4,
    format: formatPower,
  }
  const y: Axis = {
    domain: [0, 1.1],
    label: 'mean loss',
    ticks: [0, 0.5, 1],
    format: formatNumber,
  }
  const { legend, marks } = rateCurves(sweep, { x, y }, theme)
  return {
    title: 'Loss against learning rate',
    legend,
    x,
    y,
    markers: [
      {
        at: criticalRate,
        label: `critical rate ${formatPower(criticalRate)}`,
        colour: theme.colours.lost,
      },
    ],
    marks,
  }
}

/** The critical learning rate against the delay: predicted lines, measured points. */
export function scalingPanel({ scaling }: Figure2Data, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const x: Axis = {
    domain: logDomain(
      scaling.map(({ delay }) => delay),
      [10, 100],
      1.2,
    ),
    scale: 'log',
    label: 'delay T (time units)',
    ticks: [...new Set(scaling.flatMap(({ delay }) => [...delay]))],
    format: formatNumber,
  }
  const y: Axis = {
    domain: logDomain(
      scaling.flatMap(({ predicted, measured }) => [predicted, measured]),
      [1e-10, 1e-8],
      2,
    ),
    scale: 'log',
    label: 'critical learning rate',
    ticks: 5,
    format: formatPower,
  }
  const style = { stroke: colours.theory, strokeWidth: lineWidth.thin }
  return {
    title: 'Critical learning rate',
    legend: [
      { label: 'predicted', line: style },
      { label: 'measured', symbol: 'dot', colour: colours.measurement },
    ],
    x,
    y,
    marks: [
      ...scaling.map(({ delay, predicted }) => curve(delay, predicted, { x, y }, style)),
      ...scaling.flatMap(law => [measuredMarks(law, theme), ...lawNote(law, theme)]),
    ],
  }
}

function measuredMarks({ delay, measured }: RateLaw, theme: Theme): Plot.Markish {
  const points = Array.from(delay, (at, i) => ({ at, rate: measured[i]! })).filter(({ rate }) => rate > 0)
  return Plot.dot(points, {
    x: 'at',
    y: 'rate',
    r: 4.5,
    fill: theme.colours.measurement,
    stroke: theme.colours.paper,
    strokeWidth: 1,
  })
}

/** Name and exponent of a law: above its line, or below it for the un-normalised loss, the lower line. */
function lawNote({ delay, predicted, exponent, normalisation }: RateLaw, theme: Theme): Plot.Markish[] {
  const above = normalisation === 'normalised'
  const at = Math.floor((delay.length - 1) / 2) + (above ? 0 : 1)
  const [x, y] = [delay[at], predicted[at]]
  if (x === undefined || !(x > 0 && y !== undefined && y > 0)) return []
  const label = `${normalisation} loss, exponent ${formatFixed(exponent, 3)}`
  const place = above
    ? ({ dx: 12, dy: -10, textAnchor: 'start' } as const)
    : ({ dx: -12, dy: 12, textAnchor: 'end' } as const)
  return [note(label, { x, y }, theme.colours.ink, theme, place)]
}

/** The extent of what is positive, widened by a factor; `fallback` if nothing is, or all is one value. */
function logDomain(
  arrays: readonly Float64Array[],
  fallback: readonly [number, number],
  factor = 1,
): [number, number] {
  const [low, high] = extent(...arrays.map(values => values.filter(value => value > 0)))
  const found = arrays.some(values => values.some(value => value > 0 && Number.isFinite(value)))
  if (!found || low === high) return [...fallback]
  return [low / factor, high * factor]
}
