import type { FlowMap, MappedPoint } from '../../dynamics/flow-map.js'
import { mean } from '../../numerics/statistics.js'
import { formatNumber, formatPercent } from '../numbers.js'
import { extent } from '../thinning.js'
import { shownPoints } from './frame.js'
import { fateOf, type SpectrumPicture } from './spectrum.js'
import { pointName, symbolOf } from './symbols.js'

/** A map in words and numbers. */
export function describeMap(title: string, map: FlowMap, coordinates: readonly string[]): string {
  const [low, high] = extent(map.speed)
  const ranges = map.grid.map(
    (values, k) => `${coordinates[k]} from ${formatNumber(values[0]!)} to ${formatNumber(values.at(-1)!)}`,
  )
  const off = leavingText(map)
  const section = off === undefined ? '' : `, a section of ${map.dimension} dimensions, ${off}`
  const points = map.points.map(point => describePoint(point, map)).join('; ')
  const paths = map.paths.length === 0 ? '' : ` ${map.paths.length} paths.`
  return `${title}: ${ranges.join(', ')}${section}; speed ${formatNumber(low)} to ${formatNumber(high)}. ${points === '' ? 'No slow points' : capitalised(points)}.${paths}`
}

/** How much of the velocity a section does not show; undefined where it is the whole flow. */
export function leavingText({ dimension, section, leaving }: FlowMap): string | undefined {
  const axes = section.axes.length
  if (axes === dimension) return undefined
  return `mean velocity off ${axes === 1 ? 'line' : 'plane'} ${formatPercent(mean(leaving))}`
}

/** A spectrum in words and numbers. */
export function describeSpectrum(picture: SpectrumPicture): string {
  const fates = Array.from(picture.real, (_, i) => fateOf(picture, i))
  const count = (fate: string) => fates.filter(other => other === fate).length
  const largest = extent(picture.real)[1]
  return `${picture.title}: ${fates.length} eigenvalues, ${count('shrinks')} shrink, ${count('grows')} grow, ${count('neither')} on the border; largest real part ${formatNumber(largest)}.`
}

function describePoint(point: MappedPoint, map: FlowMap): string {
  const { at, dwell, off, speed } = point
  const outside = !shownPoints(map).includes(point)
  return [
    `${pointName(symbolOf(point, map.dimension))} at (${Array.from(at, value => formatNumber(value)).join(', ')})`,
    ...(outside ? ['outside the frame'] : []),
    ...(dwell === undefined ? [] : [`dwell ${formatNumber(dwell)} ${map.timeUnit}`]),
    ...(point.kind === 'fixed point' ? [] : [`speed ${formatNumber(speed)}`]),
    ...(off > 0 ? [`${formatNumber(off)} off the section`] : []),
  ].join(', ')
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
