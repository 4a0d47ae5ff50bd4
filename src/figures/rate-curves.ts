import type * as Plot from '@observablehq/plot'
import type { Axis } from './axis.js'
import type { RateCurve } from './figure-2/data.js'
import type { LegendEntry } from './legend.js'
import { band, curve, type LineStyle } from './marks.js'
import { formatCount } from './numbers.js'
import type { Theme } from './theme.js'

/** Styles of an ordered series, first to last, as far apart as they can be; dashed from the sixth on. */
export function seriesStyles(count: number, { colours, lineWidth }: Theme): LineStyle[] {
  const series = [colours.series1, colours.series2, colours.series3, colours.series4, colours.series5]
  const step = count > 1 && count < series.length ? (series.length - 1) / (count - 1) : 1
  return Array.from({ length: count }, (_, i) => ({
    stroke: series[Math.round(i * step) % series.length]!,
    strokeWidth: lineWidth.data,
    ...(i < series.length ? {} : { strokeDasharray: '5 3' }),
  }))
}

/** Mean loss ± standard error against the learning rate, a curve for each epoch. */
export function rateCurves(
  curves: readonly RateCurve[],
  axes: { readonly x: Axis; readonly y: Axis },
  theme: Theme,
): { readonly legend: LegendEntry[]; readonly marks: Plot.Markish[] } {
  const styles = seriesStyles(curves.length, theme)
  return {
    legend: curves.map(({ epoch }, i): LegendEntry => {
      return { label: `${i === 0 ? 'epoch ' : ''}${formatCount(epoch)}`, line: styles[i]! }
    }),
    marks: curves.flatMap(({ rate, mean, standardError }, i) => {
      const low = mean.map((value, j) => value - standardError[j]!)
      const high = mean.map((value, j) => value + standardError[j]!)
      return [band(rate, low, high, axes, styles[i]!.stroke), curve(rate, mean, axes, styles[i]!)]
    }),
  }
}
