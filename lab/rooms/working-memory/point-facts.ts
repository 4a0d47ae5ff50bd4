import type { SlowPoint } from '../../../src/dynamics/slow-point.js'
import { pointName, symbolOf } from '../../../src/figures/flow-map/symbols.js'
import { formatNumber } from '../../../src/figures/numbers.js'

/** A slow point in words: what it is, why, and its numbers. */

/** @param dimension of the flow */
export function nameOf(point: SlowPoint, dimension: number): string {
  return pointName(symbolOf(point, dimension))
}

/** Steps of the whole passage of a ghost; undefined of other points. */
export function dwellSteps({ kind, canonicalForm }: SlowPoint, leak: number): number | undefined {
  if (kind !== 'ghost' || canonicalForm?.dwellTime === undefined) return undefined
  return canonicalForm.dwellTime / leak
}

/** Why it is what it is: what the finder went by. */
export function reasonOf(point: SlowPoint, leak: number): string {
  const { kind, reason, stable, index, canonicalForm } = point
  const step = formatNumber(leak)
  if (kind === 'slow') return `F is not 0 here, so nothing rests; and it is no ghost, because ${reason}.`
  if (kind === 'ghost') {
    const sides = stable
      ? 'In every other direction the flow comes towards the passage.'
      : `In ${directions(index)} besides that of the passage it goes away from it.`
    return `F is not 0 here, so nothing rests. Along one direction the flow is y′ = r + a·y² with r·a = ${formatNumber(canonicalForm!.scale)} above 0, and an eigenvalue passes through 0 on the way: what a saddle-node bifurcation leaves behind, or announces. ${sides}`
  }
  const rests = 'F is 0 here to rounding: a state that is exactly here rests.'
  if (stable) return `${rests} In every direction a step shrinks what is off: |1 + αλ| < 1 with α = ${step}.`
  if (index === 0) return `${rests} No direction grows, but not every one shrinks.`
  return `${rests} In ${directions(index)} a step enlarges what is off: |1 + αλ| > 1 with α = ${step}.`
}

function directions(count: number): string {
  return count === 1 ? 'one direction' : `${count} directions`
}

/** Numbers with their names, beside the eigenvalues. */
export function factsOf(
  point: SlowPoint,
  leak: number,
  coordinates: readonly string[],
): readonly (readonly [string, string])[] {
  const { position, speed, gradientNorm, canonicalForm, starts, nearestStart, kind } = point
  const dwell = dwellSteps(point, leak)
  const few = coordinates.length === position.length
  return [
    ...(few ? coordinates.map((name, k) => [name, formatNumber(position[k]!, 4)] as const) : []),
    ['speed ‖F‖', `${formatNumber(speed)} per time constant`],
    ['slope of ½‖F‖²', formatNumber(gradientNorm)],
    ...(dwell === undefined
      ? []
      : ([
          ['dwell time π/√(r·a)', `${formatNumber(dwell)} steps`],
          ['r', formatNumber(canonicalForm!.effectiveR)],
          ['a', formatNumber(canonicalForm!.scale / canonicalForm!.effectiveR)],
        ] as const)),
    ...(kind === 'fixed point' && point.stable
      ? ([['falls to 1/e in', `${formatNumber(decaySteps(point, leak))} steps`]] as const)
      : []),
    ['searches that ended here', `${starts}, the nearest from ${formatNumber(nearestStart)} away`],
  ]
}

/** Steps in which what is off a stable fixed point falls to 1/e, along its slowest direction. */
function decaySteps({ spectrum: { real, imaginary } }: SlowPoint, leak: number): number {
  const slowest = Math.max(...Array.from(real, (re, i) => Math.hypot(1 + leak * re, leak * imaginary[i]!)))
  return -1 / Math.log(slowest)
}

export interface Eigenvalue {
  readonly text: string
  /** |1 + αλ|. */
  readonly factor: string
  /** What becomes of what is off in its direction. */
  readonly fate: string
}

/** Eigenvalues nearer to 0 are 0, to rounding: at every minimum of the speed that is no fixed point there is one. */
const rounding = 1e-9

/** The first eigenvalues, the largest real part first. */
export function eigenvaluesOf(
  { kind, spectrum: { real, imaginary } }: SlowPoint,
  leak: number,
  most: number,
): readonly Eigenvalue[] {
  return Array.from(real.subarray(0, most), (re, i) => {
    const im = imaginary[i]!
    const factor = Math.hypot(1 + leak * re, leak * im)
    if (Math.hypot(re, im) < rounding) {
      return { text: '0', factor: '1', fate: kind === 'ghost' ? 'passes' : 'stays' }
    }
    const sign = im < 0 ? '−' : '+'
    return {
      text:
        im === 0 ? formatNumber(re, 4) : `${formatNumber(re, 4)} ${sign} ${formatNumber(Math.abs(im), 4)}i`,
      factor: formatNumber(factor, 4),
      fate: factor < 1 ? 'shrinks' : 'grows',
    }
  })
}
