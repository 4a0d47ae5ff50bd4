import { formatCount, formatNumber, formatPercent, formatPower } from '../../../src/figures/numbers.js'
import type { History } from '../../../src/training/history.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import { rankThreshold } from './comparison.js'
import { end, pair, place, shownLook } from './player.js'
import { values } from './state.js'
import { rankNames } from './twin-names.js'
import { epochSpec, outputsSpec, placeMarks, type ShownTwin } from './twin-pictures.js'

/** The pictures of the second experiment: a network of rank 1 beside one of rank K, from the same seed. */

function twins(): ShownTwin[] {
  pair.version.value
  return rankNames().map((name, i) => ({ name, history: pair.traces[i]!.history }))
}

/** Loss over the first loss. */
const relativeLoss = ({ loss }: History) => loss.map(value => value / loss[0]!)

export function lossSpec(): PictureSpec {
  const shown = twins()
  const shares = shown.flatMap(({ name, history }) => {
    const last = history.loss.at(-1)
    return last === undefined ? [] : [`${name}: ${formatNumber(last / history.loss[0]!)} of its first loss`]
  })
  return epochSpec({
    title: 'Loss over the first loss',
    quantity: 'loss / first loss',
    twins: shown,
    columnOf: relativeLoss,
    window: [0, values.epochs.value],
    y: {
      domain: [1e-5, 30],
      scale: 'log',
      ticks: [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10],
      format: formatTick,
    },
    level: { at: rankThreshold, name: `${formatPercent(rankThreshold)}: counts as learned` },
    summary: `Epoch ${formatCount(shown[0]?.history.epoch.at(-1) ?? 0)}: ${shares.join(', ') || 'none yet'}.`,
  })
}

export function gradientSpec(): PictureSpec {
  const shown = twins()
  const norms = shown.flatMap(({ name, history }) => {
    const last = history.gradientNorm.at(-1)
    return last === undefined ? [] : [`${name}: ${formatNumber(last, 2)}`]
  })
  return epochSpec({
    title: 'Gradient norm',
    quantity: 'gradient norm',
    twins: shown,
    columnOf: ({ gradientNorm }) => gradientNorm,
    window: [0, values.epochs.value],
    y: {
      domain: [1e-8, 1e3],
      scale: 'log',
      ticks: [1e-8, 1e-6, 1e-4, 1e-2, 1, 100],
      format: formatTick,
    },
    summary: `Epoch ${formatCount(shown[0]?.history.epoch.at(-1) ?? 0)}: ${norms.join(', ') || 'none yet'}.`,
  })
}

export function answersSpec(): PictureSpec | undefined {
  const look = shownLook.value
  return look === undefined ? undefined : outputsSpec(look.epoch, rankNames(), look.looks)
}

export function movingMarks(column: 'loss' | 'gradientNorm'): () => readonly MovingMark[] {
  return () => {
    const look = shownLook.value
    if (look === undefined) return []
    const shown = look.looks.map(({ row }, i) => {
      const first = column === 'loss' ? (pair.traces[i]!.at(0)?.loss ?? 1) : 1
      return row === undefined ? undefined : row[column] / first
    })
    return placeMarks(look.epoch, shown, place.value < end.value)
  }
}

/** Of logarithmic axes: small ones as powers, so that they fit beside the axis. */
const formatTick = (value: number) => (value < 0.01 ? formatPower(value) : formatNumber(value))
