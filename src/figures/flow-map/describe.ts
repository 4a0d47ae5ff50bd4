import type { FlowMap, MappedPoint } from '../../dynamics/flow-map.js'
import { mean } from '../../numerics/statistics.js'
import { formatNumber, formatPercent } from '../numbers.js'
import { extent } from '../thinning.js'
import { symbolOf } from './symbols.js'

/** A map in words and numbers. */
export function describeMap(title: string, map: FlowMap, coordinates: readonly string[]): string {
  const [low, high] = extent(map.speed)
  const ranges = map.grid.map(
    (values, k) => `${coordinates[k]} from ${formatNumber(values[0]!)} to ${formatNumber(values.at(-1)!)}`,
  )
  const whole = map.section.axes.length === map.dimension
  const section = whole
    ? ''
    : `, a section of ${map.dimension} dimensions that ${formatPercent(mean(map.leaving))} of the velocity leaves on average`
  const points = map.points.map(point => describePoint(point, map)).join('; ')
  const paths = map.paths.length === 0 ? '' : ` ${map.paths.length} paths.`
  return `${title}: ${ranges.join(', ')}${section}; speed ${formatNumber(low)} to ${formatNumber(high)}. ${points === '' ? 'No slow points' : capitalised(points)}.${paths}`
}

function describePoint(point: MappedPoint, map: FlowMap): string {
  const names = {
    stable: 'stable fixed point',
    saddle: 'saddle',
    unstable: 'unstable fixed point',
    ghost: 'ghost',
    'unstable-ghost': 'ghost that repels to its sides',
    slow: 'slow point',
  }
  const { at, dwell, off, speed } = point
  const outside = map.grid.some((values, k) => at[k]! < values[0]! || at[k]! > values.at(-1)!)
  return [
    `${names[symbolOf(point, map.dimension)]} at (${Array.from(at, value => formatNumber(value)).join(', ')})`,
    ...(outside ? ['outside the frame'] : []),
    ...(dwell === undefined ? [] : [`dwell ${formatNumber(dwell)} ${map.timeUnit}`]),
    ...(point.kind === 'fixed point' ? [] : [`speed ${formatNumber(speed)}`]),
    ...(off > 0 ? [`${formatNumber(off)} off the section`] : []),
  ].join(', ')
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
