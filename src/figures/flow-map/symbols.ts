import * as Plot from '@observablehq/plot'
import type { MappedPoint } from '../../dynamics/flow-map.js'
import type { LegendEntry, LegendSymbol } from '../legend.js'
import type { Palette, Theme } from '../theme.js'

/** What the symbols of a map stand for: each its own shape, and ghosts and slow points their own colour. */
export type PointSymbol = 'stable' | 'saddle' | 'unstable' | 'ghost' | 'unstable-ghost' | 'slow'

/** In the order of the legend. */
const symbols: Readonly<
  Record<PointSymbol, { readonly label: string; readonly sign: LegendSymbol; readonly colour: keyof Palette }>
> = {
  stable: { label: 'stable fixed point', sign: 'dot', colour: 'ink' },
  saddle: { label: 'saddle', sign: 'crossed-ring', colour: 'ink' },
  unstable: { label: 'unstable fixed point', sign: 'ring', colour: 'ink' },
  ghost: { label: 'ghost, with its dwell time', sign: 'diamond', colour: 'ghost' },
  'unstable-ghost': { label: 'ghost that repels to its sides', sign: 'open-diamond', colour: 'ghost' },
  slow: { label: 'slow point, no ghost', sign: 'square', colour: 'muted' },
}

/** One of them, and several. */
const names: Readonly<Record<PointSymbol, readonly [string, string]>> = {
  stable: ['stable fixed point', 'stable fixed points'],
  saddle: ['saddle', 'saddles'],
  unstable: ['unstable fixed point', 'unstable fixed points'],
  ghost: ['ghost', 'ghosts'],
  'unstable-ghost': ['ghost that repels to its sides', 'ghosts that repel to their sides'],
  slow: ['slow point', 'slow points'],
}

/** What a point is called in a sentence, or so many of them are. */
export function pointName(symbol: PointSymbol, count = 1): string {
  return names[symbol][count === 1 ? 0 : 1]
}

/** @param dimension of the flow: a fixed point that grows in all directions is no saddle */
export function symbolOf(
  { kind, stable, index }: Pick<MappedPoint, 'kind' | 'stable' | 'index'>,
  dimension: number,
): PointSymbol {
  if (kind === 'slow') return 'slow'
  if (kind === 'ghost') return stable ? 'ghost' : 'unstable-ghost'
  if (stable) return 'stable'
  return index > 0 && index < dimension ? 'saddle' : 'unstable'
}

/** Entries of the symbols that are there. */
export function symbolLegend(present: ReadonlySet<PointSymbol>, { colours }: Theme): LegendEntry[] {
  return (Object.keys(symbols) as PointSymbol[])
    .filter(name => present.has(name))
    .map(name => ({
      label: symbols[name].label,
      symbol: symbols[name].sign,
      colour: colours[symbols[name].colour],
    }))
}

/** The symbol of a point at coordinates, ringed in paper so that it stands out of any colour. */
export function pointMarks(
  symbol: PointSymbol,
  { x, y }: { readonly x: number; readonly y: number },
  { colours }: Theme,
): Plot.Markish[] {
  const { sign, colour } = symbols[symbol]
  const stroke = colours[colour]
  const dot = (options: Plot.DotOptions) => Plot.dot([{ x, y }], { x: 'x', y: 'y', clip: true, ...options })
  const filled = { fill: stroke, stroke: colours.paper, strokeWidth: 1.5 }
  const open = { fill: colours.paper, stroke, strokeWidth: 1.75 }
  const ring = (r: number) => dot({ r: r + 1.75, fill: colours.paper })
  switch (sign) {
    case 'dot':
      return [dot({ r: 5.5, ...filled })]
    case 'ring':
      return [ring(4.5), dot({ r: 4.5, ...open })]
    case 'crossed-ring':
      return [ring(4.5), dot({ r: 4.5, ...open }), dot({ symbol: 'times', r: 3.2, stroke, strokeWidth: 1.5 })]
    case 'square':
      return [dot({ symbol: 'square', r: 4.5, ...filled })]
    case 'open-diamond':
      return [
        dot({ symbol: 'diamond', r: 7, fill: colours.paper }),
        dot({ symbol: 'diamond', r: 5, ...open }),
      ]
    default:
      return [dot({ symbol: 'diamond', r: 7, ...filled })]
  }
}
