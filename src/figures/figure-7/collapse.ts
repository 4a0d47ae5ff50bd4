import * as Plot from '@observablehq/plot'
import { mean } from '../../numerics/statistics.js'
import type { Axis } from '../axis.js'
import type { LegendEntry } from '../legend.js'
import { curve, type LineStyle } from '../marks.js'
import { formatCount, formatNumber, formatPercent } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { CollapsePicture, Figure7Data } from './data.js'

/** The rates of all neurons just before a collapse and at it. */
export function histogramPanel({ before, after, rate, seed }: CollapsePicture, theme: Theme): BarePanel {
  const bins = before.histogram.length
  const [, highest] = extent(before.histogram, after.histogram)
  const x: Axis = { domain: [-1, 1], label: 'rate of a neuron r', ticks: [-1, 0, 1], format: formatNumber }
  const y: Axis = { domain: [0, 1.1 * highest || 1], label: 'share', ticks: 4, format: formatPercent }
  const bars = (values: Float64Array, colour: string) =>
    Plot.rect(values, {
      x1: (_, i) => (2 * i) / bins - 1,
      x2: (_, i) => (2 * (i + 1)) / bins - 1,
      y1: 0,
      y2: d => d,
      fill: colour,
      fillOpacity: 0.45,
      stroke: colour,
      strokeWidth: 0.75,
    })
  const { measurement, lost } = theme.colours
  return {
    title: `Collapse, rate ${formatNumber(rate, 2)}, seed ${seed}`,
    legend: [
      { label: `epoch ${formatCount(before.epoch)}`, area: measurement },
      { label: formatCount(after.epoch), area: lost },
    ],
    x,
    y,
    marks: [bars(after.histogram, lost), bars(before.histogram, measurement)],
  }
}

/** The outputs of every trial before and after; dashed where the answer should be the lower one. */
export function outputsPanel({ before, after, targets, trials }: CollapsePicture, theme: Theme): BarePanel {
  const steps = targets.length / trials
  const [low, high] = extent(targets)
  const x: Axis = { domain: [0, Math.max(1, steps - 1)], label: 'step', ticks: 5, format: formatCount }
  const y: Axis = { domain: [low - 0.08, high + 0.08], label: 'output', ticks: 3, format: formatNumber }
  const at = Float64Array.from({ length: steps }, (_, t) => t)
  const { colours, lineWidth } = theme
  const wanted: LineStyle = { stroke: colours.ink, strokeWidth: lineWidth.thin, strokeDasharray: '1 3' }
  const ofTrial = (values: Float64Array, trial: number) => values.subarray(trial * steps, (trial + 1) * steps)
  const lines = (outputs: Float64Array, stroke: string) =>
    Array.from({ length: trials }, (_, trial) => {
      const wantsHigh = ofTrial(targets, trial).at(-1) === high
      const dash = wantsHigh ? {} : { strokeDasharray: '5 3' }
      const style: LineStyle = { stroke, strokeWidth: lineWidth.data, ...dash }
      return curve(at, ofTrial(outputs, trial), { x, y }, style)
    })
  const line = (stroke: string): LegendEntry & { line: LineStyle } => ({
    label: '',
    line: { stroke, strokeWidth: lineWidth.data },
  })
  return {
    title: low < high ? `Outputs, dashed where ${formatNumber(low)} is wanted` : 'Outputs',
    legend: [
      { ...line(colours.measurement), label: 'before' },
      { ...line(colours.lost), label: 'after' },
      { label: 'target', line: wanted },
    ],
    x,
    y,
    marks: [
      ...lines(after.outputs, colours.lost),
      ...lines(before.outputs, colours.measurement),
      ...Array.from({ length: trials }, (_, trial) => curve(at, ofTrial(targets, trial), { x, y }, wanted)),
    ],
  }
}

/** Share of saturated rates on both sides of every collapse, and at the end of every training. */
export function saturationPanel({ saturated }: Figure7Data, theme: Theme): BarePanel {
  const { before, after, learned, failed } = saturated
  const { colours, lineWidth } = theme
  const groups = [
    { name: 'before', shares: before, colour: colours.measurement },
    { name: 'after', shares: after, colour: colours.lost },
    { name: 'learned', shares: learned, colour: colours.measurement },
    { name: 'failed', shares: failed, colour: colours.lost },
  ]
  const x: Axis = {
    domain: [-0.5, 3.5],
    ticks: [0, 1, 2, 3],
    format: group => groups[group]?.name ?? '',
    label: `${formatCount(before.length)} collapse${before.length === 1 ? '' : 's'} · end of training`,
  }
  const y: Axis = {
    domain: [0, 1.04],
    label: 'share of |r| > 0.95',
    ticks: [0, 0.5, 1],
    format: formatPercent,
  }
  const pairs = Array.from(before, (share, i) => ({ before: share, after: after[i]! }))
  const points = groups.flatMap(({ shares, colour }, group) =>
    Array.from(shares, (share, i) => ({ at: group + (group < 2 ? 0 : spreadOf(i)), share, colour })),
  )
  const means = groups.flatMap(({ shares }, group) =>
    shares.length === 0 ? [] : [{ group, share: mean(shares) }],
  )
  return {
    title: 'Saturation in all trainings',
    legend: [
      { label: 'a training', symbol: 'dot', colour: colours.muted },
      { label: 'mean', line: { stroke: colours.ink, strokeWidth: 3 } },
    ],
    x,
    y,
    marks: [
      Plot.link(pairs, {
        x1: 0,
        x2: 1,
        y1: 'before',
        y2: 'after',
        stroke: colours.muted,
        strokeOpacity: 0.45,
        strokeWidth: lineWidth.axis,
      }),
      Plot.dot(points, { x: 'at', y: 'share', r: 2.5, fill: 'colour', fillOpacity: 0.6 }),
      Plot.ruleY(means, {
        x1: ({ group }) => group - 0.3,
        x2: ({ group }) => group + 0.3,
        y: 'share',
        stroke: colours.ink,
        strokeWidth: 3,
      }),
    ],
  }
}

/** Places in a column, spread evenly by the golden ratio so that points do not hide one another. */
const spreadOf = (i: number) => 0.5 * ((i * 0.618034) % 1) - 0.25
