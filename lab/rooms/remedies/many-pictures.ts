import type * as Plot from '@observablehq/plot'
import { signal } from '@preact/signals'
import { drawSymbol, type LegendSymbol } from '../../../src/figures/legend.js'
import { formatCount, formatNumber } from '../../../src/figures/numbers.js'
import type { Box } from '../../../src/figures/panels.js'
import { element, type FigureContext } from '../../../src/figures/svg.js'
import type { Palette, Theme } from '../../../src/figures/theme.js'
import { wilsonInterval } from '../../../src/numerics/statistics.js'
import type { PictureSpec } from '../../ui/picture-spec.js'
import type { SeedReport, Verdict } from '../../work/many-protocol.js'
import { many, place } from './player.js'
import { seedCount, values } from './state.js'

/** Forty loss curves in a grid, each with a sign of what became of it. */

/** What became of a training: sign, colour and word. */
export const verdicts: Readonly<
  Record<Verdict, { readonly sign: LegendSymbol; readonly colour: keyof Palette; readonly word: string }>
> = {
  learned: { sign: 'tick', colour: 'optimum', word: 'learned' },
  again: { sign: 'ringed-tick', colour: 'optimum', word: 'learned again' },
  lost: { sign: 'cross', colour: 'lost', word: 'lost' },
  'not yet': { sign: 'dots', colour: 'muted', word: 'not yet' },
}

const narrowScreen = matchMedia('(max-width: 48rem)')
export const narrow = signal(narrowScreen.matches)
narrowScreen.addEventListener('change', () => {
  narrow.value = narrowScreen.matches
})

/** Cells beside one another. */
export const columns = () => (narrow.value ? 5 : 10)

/** How many have learned, and of which share of all such seeds that speaks. */
export interface Tally {
  readonly counts: Readonly<Record<Verdict, number>>
  readonly learned: number
  readonly total: number
  readonly share: number
  readonly low: number
  readonly high: number
}

export function tally(runs: readonly Pick<SeedReport, 'verdict'>[]): Tally | undefined {
  if (runs.length === 0) return undefined
  const counts = { learned: 0, again: 0, lost: 0, 'not yet': 0 }
  for (const { verdict } of runs) counts[verdict]++
  const learned = counts.learned + counts.again
  return { counts, learned, total: runs.length, ...wilsonInterval(learned, runs.length) }
}

/** The seed at a place of the picture. */
export function seedAt(x: number, y: number): number | undefined {
  const [column, row] = [Math.floor(x), Math.floor(rowCount() - y)]
  const i = row * columns() + column
  return many.progress.value?.runs[i]?.seed
}

const rowCount = () => Math.ceil(seedCount / columns())

export function manySpec(): PictureSpec | undefined {
  const now = many.progress.value
  const counted = now === undefined ? undefined : tally(now.runs)
  if (now === undefined || counted === undefined) return undefined
  const { runs } = now
  const [across, down] = [columns(), rowCount()]
  const epochs = values.epochs.value
  const highest = Math.max(1, ...runs.flatMap(({ points }) => [...points.filter((_, i) => i % 2 === 1)]))
  const top = highest > 1.06 ? Math.ceil(highest * 2) / 2 : 1.06
  return {
    summary: `Epoch ${formatCount(place.value)}, seeds ${runs[0]!.seed} to ${runs.at(-1)!.seed}: ${wordsOf(counted)}.`,
    panel: theme => ({
      title: `Loss of ${seedCount} seeds`,
      legend: legendOf(counted, theme),
      x: {
        domain: [0, across],
        ticks: [],
        label: `in each: epoch 0 to ${formatCount(epochs)}`,
      },
      y: { domain: [0, down], ticks: [], label: `in each: loss 0 to ${formatNumber(top)}` },
      marks: [cells(runs, { across, epochs, top }, theme)],
    }),
    table: () => ({
      columns: [
        'seed',
        'verdict',
        'loss',
        'epoch',
        'first fall',
        'second fall',
        'collapse',
        'lowered at',
        'lowest loss',
      ],
      rows: runs.map(({ seed, verdict, loss, epoch, events, loweredAt }) => [
        seed,
        verdicts[verdict].word,
        loss ?? '',
        epoch,
        events.firstFall ?? '',
        events.secondFall ?? '',
        events.collapse ?? '',
        loweredAt ?? '',
        events.lowest?.loss ?? '',
      ]),
    }),
  }
}

function legendOf({ counts }: Tally, { colours }: Theme) {
  const shown: readonly Verdict[] = ['learned', 'again', 'lost', 'not yet']
  return shown
    .filter(verdict => verdict !== 'again' || counts.again > 0 || values.net.value === 'lowered')
    .map(verdict => {
      const { sign, colour, word } = verdicts[verdict]
      return { label: `${word}: ${counts[verdict]}`, symbol: sign, colour: colours[colour] }
    })
}

export function wordsOf({ counts, learned, total }: Tally): string {
  const again = counts.again > 0 ? ` (${counts.again} of them after the collapse)` : ''
  return `${learned} of ${total} have learned${again}, ${counts.lost} lost, ${counts['not yet']} not yet`
}

/** Share of a cell's height for its seed and its sign. */
const head = 0.27

/** All cells in one mark: a plot of its own for each would take longer than a frame. */
function cells(runs: readonly SeedReport[], scope: CellScope, theme: Theme): Plot.Markish {
  return (_index, { x, y }, _values, _dimensions, { document }) => {
    const [xOf, yOf] = [x, y].map(scale => (at: number) => Number(scale?.(at)))
    const group = element(document, 'g', { 'font-size': theme.fontSize.tick, 'text-anchor': 'start' })
    const down = Math.ceil(seedCount / scope.across)
    for (const [i, run] of runs.entries()) {
      const [column, row] = [i % scope.across, Math.floor(i / scope.across)]
      const [left, right] = [xOf!(column), xOf!(column + 1)]
      const [bottom, above] = [yOf!(down - 1 - row), yOf!(down - row)]
      const gap = Math.min(7, (right - left) * 0.08)
      const box = { x: left + gap, y: above, width: right - left - 2 * gap, height: bottom - above - gap }
      group.append(...cell(run, box, scope, { document, theme }))
    }
    return group
  }
}

interface CellScope {
  /** Cells beside one another. */
  readonly across: number
  readonly epochs: number
  /** The highest loss there is room for. */
  readonly top: number
}

/** One training: its seed, its sign, and its curve over a zero line. */
function cell(run: SeedReport, box: Box, { epochs, top }: CellScope, context: FigureContext): SVGElement[] {
  const { document, theme } = context
  const { colours, lineWidth } = theme
  const [left, right, base] = [box.x, box.x + box.width, box.y + box.height]
  const middle = box.y + 0.55 * head * box.height
  const { sign, colour } = verdicts[run.verdict]
  const symbol = drawSymbol(sign, colours[colour], context, 0)
  symbol.setAttribute('transform', `translate(${(right - 8).toFixed(1)},${middle.toFixed(1)})`)
  const zero = {
    x1: left,
    x2: right,
    y1: base,
    y2: base,
    stroke: colours.axis,
    'stroke-width': lineWidth.axis,
  }
  const line = { fill: 'none', stroke: colours.measurement, 'stroke-width': lineWidth.thin }
  const place = (epoch: number, loss: number) => {
    const [x, y] = [left + (box.width * epoch) / epochs, base - ((1 - head) * box.height * loss) / top]
    return `${x.toFixed(1)},${y.toFixed(1)}`
  }
  const points = Array.from({ length: run.points.length / 2 }, (_, k) =>
    place(run.points[2 * k]!, run.points[2 * k + 1]!),
  )
  return [
    element(document, 'line', zero),
    element(document, 'text', { x: left, y: middle + 4, fill: colours.muted }, String(run.seed)),
    symbol,
    ...(points.length === 0 ? [] : [element(document, 'path', { ...line, d: `M${points.join('L')}` })]),
  ]
}
