import type { Figure8Data } from './figure-8/data.js'
import { readOutPanel, trainedPanel } from './figure-8/epochs.js'
import { accuracyPanel, gradientPanel } from './figure-8/rescue.js'
import { decayPanel, zonePanel } from './figure-8/zone.js'
import { formatCount, formatNumber, formatPercent } from './numbers.js'
import { type BarePanel, composeFigure, type Panel } from './panels.js'
import type { FigureContext } from './svg.js'

const width = 960
const [rowHeight, rowGap, margin] = [316, 16, 8]

/**
 * Draws figure 8: gradient in the zone (a) and its decay (b), branches at lower confidence (c) and their gradient (d),
 * confidence set to 1 (e), limited read-outs (f).
 */
export function drawFigure8(data: Figure8Data, context: FigureContext): SVGSVGElement {
  const { theme } = context
  const rows: readonly (readonly BarePanel[])[] = [
    [zonePanel(data, theme), decayPanel(data, theme)],
    [accuracyPanel(data.rescue, theme), gradientPanel(data.rescue, theme)],
    [trainedPanel(data.trained, theme), readOutPanel(data.readOut, theme)],
  ]
  const panels = rows.flatMap((row, y) =>
    row.map((panel, x): Panel => {
      const place = { x: (x * width) / 2, y: margin + y * (rowHeight + rowGap) }
      const box = { ...place, width: width / 2, height: rowHeight }
      return { ...panel, box, letter: String.fromCharCode(97 + 2 * y + x) }
    }),
  )
  return composeFigure(
    {
      id: 'figure-8',
      title: 'Figure 8: lower confidence frees what is trapped in the no-learning zone',
      description: describe(data),
      width,
      height: 2 * margin + rows.length * (rowHeight + rowGap) - rowGap,
      panels,
    },
    context,
  )
}

function describe({ zone, threshold, rescue, trained, readOut }: Figure8Data): string {
  const confidences = zone.simulated.map(({ confidence }) => formatNumber(confidence)).join(', ')
  const decays = zone.decays.map(
    ({ speed, decay }) => `${formatNumber(decay, 4)} (theory ${formatNumber(threshold + speed, 4)})`,
  )
  const best = rescue.shares.reduce((top, { share }, i) => (share > rescue.shares[top]!.share ? i : top), 0)
  const rescued =
    rescue.shares.length === 0
      ? 'none was lost'
      : `most are rescued at confidence ${formatNumber(rescue.confidence[best]!)}, ${formatPercent(rescue.shares[best]!.share)}, and ${formatPercent(rescue.shares.at(-1)!.share)} at ${formatNumber(rescue.confidence.at(-1)!)}`
  const { history, seed, epochs } = trained
  const lossAt = (epoch: number) => formatNumber(history?.loss[epoch] ?? Number.NaN)
  const set =
    history === undefined
      ? 'No network with a trained confidence was run.'
      : `With its confidence trained, the network of seed ${seed} has loss ${lossAt(epochs - 1)} after ${formatCount(epochs)} epochs, and ${lossAt(history.loss.length - 1)} after as many epochs with the confidence set to 1.`
  const ends = readOut.after.map(
    ({ limit, mean }) => `${limitName(limit)} ${formatPercent(mean.at(-1) ?? Number.NaN)}`,
  )
  return `Gradient against r at confidences ${confidences || 'none'}; its decay with confidence in the no-learning zone: ${decays.join(', ') || 'not measured'}. Of ${rescue.seeds} rank-one networks ${rescue.lost} lost what they learned; ${rescued}. ${set} Final accuracy of ${readOut.seeds} driven networks: ${ends.join(', ') || 'not measured'}.`
}

const limitName = (limit: number | undefined) =>
  limit === undefined ? 'left alone' : `read-out limited to ${formatNumber(limit)}`
