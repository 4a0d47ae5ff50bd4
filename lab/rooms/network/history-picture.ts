import * as Plot from '@observablehq/plot'
import type { Axis } from '../../../src/figures/axis.js'
import { logTicks } from '../../../src/figures/log-ticks.js'
import type { VerticalMarker } from '../../../src/figures/marker-labels.js'
import { curve, verticalRule } from '../../../src/figures/marks.js'
import { formatCount, formatNumber, formatPower } from '../../../src/figures/numbers.js'
import type { BarePanel } from '../../../src/figures/panels.js'
import type { Theme } from '../../../src/figures/theme.js'
import { thin } from '../../../src/figures/thinning.js'
import type { History, HistoryRow } from '../../../src/training/history.js'
import { tickCount, tickNumber } from '../../ui/cached-format.js'
import type { PictureSpec } from '../../ui/picture-spec.js'
import type { Bins } from '../../work/envelope.js'
import type { Happening } from './happenings.js'

/** Loss and gradient norm through the training so far. */

export type EpochAxis = 'linear' | 'log' | 'close'

export interface HistoryPicture {
  readonly axis: EpochAxis
  /** Length of the whole training. */
  readonly epochs: number
  /** The epoch shown. */
  readonly shown: number
  /** Recorded epochs: log-spaced, every one near an event. */
  readonly history: History
  readonly bins: Bins | undefined
  /** Every epoch around the one shown, if there is a close-up. */
  readonly around: Pick<History, 'epoch' | 'loss' | 'gradientNorm'> | undefined
  readonly happenings: readonly Happening[]
  readonly row: HistoryRow | undefined
}

/** What is smaller is drawn at the foot of the axis. */
const floor = 1e-4
const floorName = `≤ ${formatPower(floor)}`
const values: Axis = {
  domain: [floor, 40],
  scale: 'log',
  label: 'loss, gradient norm',
  ticks: logTicks([floor, 40]),
  format: value => (value === floor ? floorName : tickNumber(value)),
}
/** Points of a curve that changes many times a second. */
const mostPoints = 400
/** All arrangements of labels are tried. */
const mostLabelledChanges = 2
/** Px of a picture in which only short labels fit. */
const narrow = 400

export function historyPicture(picture: HistoryPicture, x: Axis): PictureSpec {
  return {
    panel: (theme, { width }) => panelOf(picture, fitted(x, width), { theme, width }),
    summary: summaryOf(picture),
    table: () => {
      const { epoch, loss, gradientNorm, accuracy } = picture.history
      const rows = Array.from(epoch, (at, i) => [at, loss[i]!, gradientNorm[i]!, accuracy[i]!])
      return { columns: ['epoch', 'loss', 'gradient norm', 'accuracy'], rows }
    },
  }
}

/** The axis of epochs, which the life of the flow shares. */
export function epochAxis({ axis, epochs, shown }: Pick<HistoryPicture, 'axis' | 'epochs' | 'shown'>): Axis {
  if (axis === 'log') {
    const domain = [1, epochs] as const
    return {
      domain,
      scale: 'log',
      label: 'epoch (logarithmic)',
      ticks: logTicks(domain),
      format: tickCount,
    }
  }
  const margin = 100
  const domain = axis === 'close' ? ([shown - margin, shown + margin] as const) : ([0, epochs] as const)
  return { domain, label: 'epoch', ticks: 5, format: tickCount }
}

/** An axis of epochs with as many numbers as a picture of this width has room for. */
export function fitted(x: Axis, width: number): Axis {
  return width < narrow ? { ...x, ticks: x.scale === 'log' ? logTicks(x.domain, 3) : 3 } : x
}

interface Drawing {
  readonly theme: Theme
  /** Px. */
  readonly width: number
}

function panelOf(picture: HistoryPicture, x: Axis, { theme, width }: Drawing): BarePanel {
  const { colours, lineWidth } = theme
  return {
    title: 'Loss and gradient through training',
    legend: [
      { label: 'loss', line: { stroke: colours.measurement, strokeWidth: lineWidth.data } },
      { label: 'gradient norm', line: { stroke: colours.secondary, strokeWidth: lineWidth.thin } },
    ],
    x,
    y: values,
    areas: changeRules(picture, theme),
    markers: markersOf(picture, { theme, width }),
    marks: curvesOf(picture, x, theme),
  }
}

function curvesOf({ axis, history, bins, around }: HistoryPicture, x: Axis, theme: Theme): Plot.Markish[] {
  const { colours, lineWidth } = theme
  const gradient = { stroke: colours.secondary, strokeWidth: lineWidth.thin }
  const loss = { stroke: colours.measurement, strokeWidth: lineWidth.data }
  if (axis === 'linear' && bins !== undefined) {
    const { epoch, lossLow, lossHigh, gradientLow, gradientHigh } = bins
    return [ribbon(epoch, gradientLow, gradientHigh, gradient), ribbon(epoch, lossLow, lossHigh, loss)]
  }
  const drawn = axis === 'close' ? (around ?? history) : history
  const line = (column: Float64Array, style: typeof loss) => {
    const kept = thin(drawn.epoch, column, {
      window: x.domain,
      logarithmic: axis === 'log',
      limit: mostPoints,
    })
    return curve(
      kept.map(i => drawn.epoch[i]!),
      kept.map(i => Math.max(floor, column[i]!)),
      { x, y: values },
      style,
    )
  }
  return [line(drawn.gradientNorm, gradient), line(drawn.loss, loss)]
}

/** From the lowest to the highest value of every bin: a line where they are the same. */
function ribbon(
  epoch: Float64Array,
  low: Float64Array,
  high: Float64Array,
  style: { readonly stroke: string; readonly strokeWidth: number },
): Plot.Markish {
  return Plot.areaY(epoch, {
    x: (_, i) => epoch[i],
    y1: (_, i) => Math.max(floor, low[i]!),
    y2: (_, i) => Math.max(floor, high[i]!),
    fill: style.stroke,
    strokeLinejoin: 'round',
    ...style,
  })
}

const colourOf = { fall: 'muted', ghost: 'ghost', change: 'theory', collapse: 'lost' } as const

function markersOf({ happenings }: HistoryPicture, { theme: { colours }, width }: Drawing): VerticalMarker[] {
  return labelled(happenings).map(({ epoch, name, kind }) => ({
    at: epoch,
    label: kind === 'change' || width < narrow ? name : `${name} ${formatCount(epoch)}`,
    colour: colours[colourOf[kind]],
    dashed: kind !== 'change',
  }))
}

/** Events, and the last changes. */
function labelled(happenings: readonly Happening[]): Happening[] {
  const changes = happenings.filter(({ kind }) => kind === 'change').slice(-mostLabelledChanges)
  return happenings.filter(happening => happening.kind !== 'change' || changes.includes(happening))
}

/** Changes that have no label. */
function changeRules({ happenings }: HistoryPicture, { colours, lineWidth }: Theme): Plot.Markish[] {
  const shown = labelled(happenings)
  return happenings
    .filter(happening => !shown.includes(happening))
    .map(({ epoch }) => verticalRule(epoch, { stroke: colours.axis, strokeWidth: lineWidth.axis }))
}

function summaryOf({ row, happenings }: HistoryPicture): string {
  if (row === undefined) return 'Nothing is trained yet.'
  const { epoch, loss, gradientNorm } = row
  const happened = happenings.map(({ epoch: at, name }) => `${name} at ${formatCount(at)}`)
  const events = happened.length === 0 ? 'No fall yet' : happened.join(', ')
  return `Epoch ${formatCount(epoch)}: loss ${formatNumber(loss)}, gradient norm ${formatNumber(gradientNorm)}. ${events[0]!.toUpperCase()}${events.slice(1)}.`
}
