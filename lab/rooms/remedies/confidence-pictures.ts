import type { VerticalMarker } from '../../../src/figures/marker-labels.js'
import { formatCount, formatNumber, formatPower } from '../../../src/figures/numbers.js'
import type { Theme } from '../../../src/figures/theme.js'
import { extent } from '../../../src/figures/thinning.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import { moments } from './moments.js'
import { end, pair, place, shownLook } from './player.js'
import { values } from './state.js'
import { confidenceNames } from './twin-names.js'
import { epochSpec, outputsSpec, placeMarks, type ShownTwin } from './twin-pictures.js'

/** The pictures of the first experiment: a rank-one network that collapses, and its twin with a lower confidence. */

/** Epochs shown around the collapse. */
const [before, after] = [100, 300]

/** Foot of the axis of gradient norms. */
const lowestNorm = 1e-12

function twins(): ShownTwin[] {
  pair.version.value
  return shownNames().map((name, i) => ({ name, history: pair.traces[i]!.history }))
}

/** One name until there are two networks. */
function shownNames(): string[] {
  return confidenceNames().slice(0, Math.max(1, pair.progress.value?.twins.length ?? 1))
}

const lossOf = ({ loss }: ShownTwin['history']) => loss
const gradientOf = ({ gradientNorm }: ShownTwin['history']) => gradientNorm

function lossAxis(shown: readonly ShownTwin[]) {
  const highest = extent(...shown.map(({ history }) => history.loss))[1]
  // Steps, so that the axis stands still while the loss hops about.
  const top = highest <= 1.06 ? 1.2 : Math.ceil(highest * 2 + 0.2) / 2
  // The top has no number, which would be in the way of the labels above.
  const ticks = [0, 0.5, 1, 1.5, 2, 2.5].filter(tick => tick < top)
  return { domain: [0, top] as const, ticks, format: formatNumber }
}

/** The whole training. */
export function lossSpec(): PictureSpec {
  const shown = twins()
  return epochSpec({
    title: 'Loss',
    quantity: 'loss',
    twins: shown,
    columnOf: lossOf,
    window: [0, values.epochs.value],
    y: lossAxis(shown),
    markers: eventMarkers,
    summary: describe(shown),
  })
}

/** Around the collapse; while there is none, the last epochs. */
function closeUp(): readonly [number, number] {
  const collapse = pair.progress.value?.twins[0]?.firstCollapse
  if (collapse !== undefined) return [Math.max(0, collapse - before), collapse + after]
  const last = Math.max(end.value, before + after)
  return [last - before - after, last]
}

export function closeUpSpec(): PictureSpec {
  const shown = twins()
  const window = closeUp()
  return epochSpec({
    title: 'Loss, close up',
    quantity: 'loss',
    twins: shown,
    columnOf: lossOf,
    window,
    y: lossAxis(shown),
    markers: eventMarkers,
    summary: `Epochs ${formatCount(window[0])} to ${formatCount(window[1])}.`,
  })
}

export function gradientSpec(): PictureSpec {
  const shown = twins()
  const at = place.value
  const norms = shown.flatMap(({ name }, i) => {
    const row = pair.traces[i]!.at(at) ?? shownLook.value?.looks[i]?.row
    return row === undefined ? [] : [`${name}: ${formatNumber(row.gradientNorm, 2)}`]
  })
  return epochSpec({
    title: 'Gradient norm, close up',
    quantity: 'gradient norm',
    twins: shown,
    columnOf: gradientOf,
    window: closeUp(),
    y: {
      domain: [lowestNorm, 1e3],
      scale: 'log',
      ticks: [lowestNorm, 1e-9, 1e-6, 1e-3, 1],
      format: formatPower,
    },
    markers: eventMarkers,
    summary: `Epoch ${formatCount(at)}: ${norms.join(', ')}. What is 0 lies below the frame.`,
  })
}

export function answersSpec(): PictureSpec | undefined {
  const look = shownLook.value
  return look === undefined ? undefined : outputsSpec(look.epoch, confidenceNames(), shownLooks(look))
}

/** Before its confidence is lowered the second twin is the first. */
function shownLooks({ epoch, looks }: NonNullable<typeof shownLook.value>) {
  const collapse = pair.progress.value?.twins[0]?.firstCollapse ?? Number.POSITIVE_INFINITY
  return epoch > collapse ? looks : looks.slice(0, 1)
}

export function movingMarks(column: 'loss' | 'gradientNorm'): () => readonly MovingMark[] {
  return () => {
    const look = shownLook.value
    if (look === undefined) return []
    // What is 0 has its sign at the foot of the logarithmic axis.
    const least = column === 'loss' ? 0 : lowestNorm
    const rows = shownLooks(look).map(({ row }) => row && Math.max(least, row[column]))
    return placeMarks(look.epoch, rows, place.value < end.value)
  }
}

function eventMarkers({ colours }: Theme): VerticalMarker[] {
  return moments.peek().flatMap(({ name, epoch, lost }): VerticalMarker[] => {
    if (name.startsWith('second')) return []
    const lowered = pair.progress.peek()?.twins.length === 2 && lost === true
    const label = lowered
      ? `${name} ${formatCount(epoch)}: one twin changed`
      : `${name} ${formatCount(epoch)}`
    return [{ at: epoch, label, colour: lost ? colours.lost : colours.muted, dashed: true }]
  })
}

function describe(shown: readonly ShownTwin[]): string {
  const happened = moments.value.map(({ name, epoch }) => `${name} at epoch ${formatCount(epoch)}`)
  const losses = shown.flatMap(({ name, history }) => {
    const last = history.loss.at(-1)
    return last === undefined ? [] : [`${name}: ${formatNumber(last)}`]
  })
  const trained = formatCount(shown[0]?.history.epoch.at(-1) ?? 0)
  return `Loss at epoch ${trained}: ${losses.join(', ') || 'none yet'}. ${sentence(happened)}`
}

const sentence = (parts: readonly string[]) => {
  const text = parts.join('; ')
  return text === '' ? 'Nothing abrupt so far.' : `${text[0]!.toUpperCase()}${text.slice(1)}.`
}
