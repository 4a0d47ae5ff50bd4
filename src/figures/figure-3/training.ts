import type * as Plot from '@observablehq/plot'
import type { History } from '../../training/history.js'
import type { Axis } from '../axis.js'
import { eventMarkers } from '../event-markers.js'
import type { LegendEntry } from '../legend.js'
import type { VerticalMarker } from '../marker-labels.js'
import { cornerNote, curve, shading } from '../marks.js'
import { formatCount, formatNumber } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { TrainingPicture } from './data.js'

/** An axis of fewer epochs than this has no whole numbers to show. */
const fewestEpochs = 10
/** About how many px an axis has. */
const frameWidth = 400

const shares: Axis = {
  domain: [0, 1.06],
  label: 'share of maximum',
  ticks: [0, 0.5, 1],
  format: formatNumber,
}

/** The whole training on a logarithmic epoch axis; its numbers stand below the dwell times. */
export function wholePanel(picture: TrainingPicture, theme: Theme): BarePanel {
  const { label: _, ...x } = wholeAxis(picture)
  const present: LegendEntry[] = ghostIntervals(picture).length
    ? [{ label: 'ghost present', area: theme.colours.ghostArea }]
    : []
  return {
    title: `Slow training, rate ${formatNumber(picture.rate)}`,
    legend: [...historyLegend(theme), ...present],
    x: { ...x, numbered: false },
    y: shares,
    areas: ghostAreas(picture, x, theme),
    markers: eventMarkers(picture.events, theme),
    marks: historyCurves(picture, picture.history, x, theme),
  }
}

/** Dwell time at the ghost through training, on the same epoch axis. */
export function dwellPanel(picture: TrainingPicture, theme: Theme): BarePanel {
  const { life } = picture
  const x = wholeAxis(picture)
  const [low, high] = extent(life.ghostDwell)
  const spread = high > 20 * low && low > 0
  const y: Axis = spread
    ? {
        domain: [low / 1.3, high * 1.3],
        scale: 'log',
        label: 'dwell (steps)',
        ticks: 3,
        format: formatNumber,
      }
    : { domain: [0, 1.15 * high], label: 'dwell (steps)', ticks: 3, format: formatNumber }
  const style = { stroke: theme.colours.ghost, strokeWidth: theme.lineWidth.data }
  return {
    x,
    y,
    areas: ghostAreas(picture, x, theme),
    marks: [
      curve(life.epoch, life.ghostDwell, { x, y }, style),
      cornerNote(fixedPointCount(picture), 'top-left', theme),
    ],
  }
}

/** The fall on a linear epoch axis: as long before it as after it. */
export function fallPanel(picture: TrainingPicture, theme: Theme): BarePanel {
  const { events, epochs, history, closeUp, closeUpHistory } = picture
  const fall = events.firstFall
  const end = fall === undefined ? epochs : Math.min(epochs, 2 * fall)
  const x: Axis = {
    domain: closeUp ?? [0, Math.max(fewestEpochs, end)],
    label: 'epoch',
    ticks: 5,
    format: formatCount,
  }
  return {
    title: closeUp === undefined ? 'The same, linear in time' : 'Close-up, linear in time',
    x,
    y: shares,
    areas: ghostAreas(picture, x, theme),
    markers: firstGhostMarkers(picture, theme),
    marks: historyCurves(picture, closeUpHistory ?? history, x, theme),
  }
}

/** The close-up, or the whole training if there is none, with its events. */
export function closeUpPanel(picture: TrainingPicture, theme: Theme): BarePanel {
  const { closeUp, closeUpHistory, epochs, history, rate, events } = picture
  const x: Axis = {
    domain: closeUp ?? [0, Math.max(fewestEpochs, epochs)],
    label: 'epoch',
    ticks: 5,
    format: formatCount,
  }
  const fate = events.collapse === undefined ? '' : ': learned, then lost'
  return {
    title: `Fast training, rate ${formatNumber(rate)}${fate}`,
    legend: historyLegend(theme),
    x,
    y: shares,
    markers: eventMarkers(picture.events, theme),
    marks: historyCurves(picture, closeUpHistory ?? history, x, theme),
  }
}

const wholeAxis = ({ epochs }: TrainingPicture): Axis => ({
  domain: [1, Math.max(fewestEpochs, epochs)],
  scale: 'log',
  label: 'epoch (logarithmic)',
  ticks: 6,
  format: formatCount,
})

function historyLegend({ colours, lineWidth }: Theme): LegendEntry[] {
  return [
    { label: 'loss', line: { stroke: colours.measurement, strokeWidth: lineWidth.data } },
    { label: 'gradient norm', line: { stroke: colours.secondary, strokeWidth: lineWidth.data } },
  ]
}

/** Loss and gradient norm, each over its maximum in the whole training. */
function historyCurves(
  picture: TrainingPicture,
  shown: History,
  x: Axis,
  { colours, lineWidth }: Theme,
): Plot.Markish[] {
  const { history, closeUpHistory } = picture
  const relative = (name: 'loss' | 'gradientNorm') => {
    const maximum = extent(history[name], closeUpHistory?.[name] ?? [])[1]
    return shown[name].map(value => value / (maximum || 1))
  }
  const axes = { x, y: shares }
  return [
    curve(shown.epoch, relative('gradientNorm'), axes, {
      stroke: colours.secondary,
      strokeWidth: lineWidth.thin,
    }),
    curve(shown.epoch, relative('loss'), axes, {
      stroke: colours.measurement,
      strokeWidth: lineWidth.data,
    }),
  ]
}

/** The first ghost, which may come long before there is one for good. */
function firstGhostMarkers(picture: TrainingPicture, { colours }: Theme): VerticalMarker[] {
  const [first] = ghostIntervals(picture)
  if (first === undefined) return []
  return [
    { at: first[0], label: `first ghost ${formatCount(first[0])}`, colour: colours.ghost, dashed: true },
  ]
}

/** First and last epoch of every stretch of training with a ghost; a stretch ends where none is found. */
function ghostIntervals({ life: { epoch, ghostDwell } }: TrainingPicture): [number, number][] {
  const intervals: [number, number][] = []
  for (let i = 0; i < epoch.length; i++) {
    if (!Number.isFinite(ghostDwell[i]!)) continue
    const end = epoch[i + 1] ?? epoch[i]!
    if (i > 0 && Number.isFinite(ghostDwell[i - 1]!)) intervals.at(-1)![1] = end
    else intervals.push([epoch[i]!, end])
  }
  return intervals
}

function ghostAreas(picture: TrainingPicture, x: Axis, { colours }: Theme): Plot.Markish[] {
  const [first, last] = x.domain
  const seen = ghostIntervals(picture).filter(([from, to]) => to > first && from < last)
  return joinClose(seen, x).map(([from, to]) =>
    shading({ x1: Math.max(from, first), x2: Math.min(to, last) }, colours.ghostArea),
  )
}

/** Joins intervals that are less than a pixel apart: a ghost that flickers is one area. */
function joinClose(intervals: readonly [number, number][], { domain, scale }: Axis): [number, number][] {
  const place = scale === 'log' ? Math.log : (value: number) => value
  const pixel = (place(domain[1]) - place(domain[0])) / frameWidth
  const joined: [number, number][] = []
  for (const [from, to] of intervals) {
    const last = joined.at(-1)
    if (last !== undefined && place(from) - place(last[1]) < pixel) last[1] = to
    else joined.push([from, to])
  }
  return joined
}

function fixedPointCount({ life }: TrainingPicture): string {
  const counts = life.fixedPoints.filter(Number.isFinite)
  if (counts.length === 0) return ''
  const [low, high] = extent(counts)
  if (low === high) return `${low} fixed point${low === 1 ? '' : 's'} throughout`
  return `${low} to ${high} fixed points`
}

/** One training in words. */
export function describeTraining(name: string, picture: TrainingPicture): string {
  const { rate, epochs, events } = picture
  const event = (label: string, at: number | undefined) =>
    at === undefined ? `no ${label}` : `${label} at epoch ${formatCount(at)}`
  const lowest =
    events.lowest === undefined
      ? ''
      : `; lowest loss ${formatNumber(events.lowest.loss)} at epoch ${formatCount(events.lowest.epoch)}`
  const intervals = ghostIntervals(picture)
  const [shortest, longest] = extent(picture.life.ghostDwell)
  const ghost =
    intervals[0] === undefined
      ? 'no ghost seen'
      : `first ghost at epoch ${formatCount(intervals[0][0])}, dwell time ${formatNumber(shortest)} to ${formatNumber(longest)} steps`
  const points = fixedPointCount(picture)
  return `${name} training, learning rate ${formatNumber(rate)}, ${formatCount(epochs)} epochs: ${event('first fall of the loss', events.firstFall)}, ${event('second fall', events.secondFall)}, ${event('collapse', events.collapse)}${lowest}; ${ghost}${points && `; ${points}`}.`
}
