/**
 * What makes a minimum of q = ½‖F‖² a ghost.
 *
 * At any minimum with q > 0 the Jacobian is singular, since JᵀF = 0: so a zero eigenvalue there says nothing yet. A
 * ghost is what a saddle-node bifurcation leaves:
 *
 * - the flow along the slow direction is y' = r + a·y² with s = r·a > 0, and is so across the half |y| ≤ ½√(r/a) of its
 *   core;
 * - an eigenvalue passes through zero as the state crosses that half, from −√s to +√s on the parabola. Their number is the
 *   dimension of the ghost;
 * - directions that are slower than √s, which do not follow the passage, are not swept along by it either.
 */
import { euclideanNorm, plusScaled, type Spectrum, spectrum } from '../numerics/linear-algebra.js'
import { dot } from '../numerics/matrix.js'
import { type CanonicalForm, reduceToCanonicalForm } from './canonical-form.js'
import type { Flow } from './flow.js'

/** A ghost, whether or not a trajectory meets it. */
export interface GhostPoint {
  /** `[d]`, the minimum of q. */
  readonly position: Float64Array
  /** ‖F‖ there. */
  readonly speed: number
  /** q = ½‖F‖² there. */
  readonly energy: number
  /** Number of eigenvalues that pass through zero together. */
  readonly dimension: number
  /** Number of other directions that grow. */
  readonly index: number
  /** Whether the flow shrinks in all other directions. */
  readonly stable: boolean
  /** Of the Jacobian at the position. */
  readonly spectrum: Spectrum
  readonly canonicalForm: CanonicalForm
  /** π/√s, the canonical dwell time: the whole passage of y' = r + a·y², in the time of the flow. */
  readonly dwellTime: number
}

/** Coordinate along the passage, 0 at the vertex of the parabola and growing with time. */
export function passageCoordinate(form: CanonicalForm, x: Float64Array): number {
  return Math.sign(form.effectiveR) * dot(form.covector, plusScaled(x, form.centre, -1))
}

/** √(r/a), half the width of the core, where the parabola has twice its least speed. */
export function coreHalfWidth({ effectiveR, scale }: CanonicalForm): number {
  return Math.abs(effectiveR) / Math.sqrt(scale)
}

/** By how much the speed along y must grow towards ±½√(r/a); the parabola's grows to 5/4. */
const growth = { least: 1.05, most: 1.75 }
/** Eigenvalues closer to zero than this share of √s at an edge have not passed it. */
const passed = 0.05
/** How fast the flow at an edge may go sideways, in units of its speed along y, where something is slower than √s. */
const sideways = 0.5

/**
 * Judges a minimum of q that is no fixed point.
 *
 * @returns the ghost, or in words why it is none
 */
export function judgeMinimum(flow: Flow, position: Float64Array, speed: number): GhostPoint | string {
  const form = reduceToCanonicalForm(flow, position)
  if (form === undefined) return 'the flow there has no real slow direction along which it bends'
  if (!(form.scale > 0)) return 'along the slow direction there the flow turns back: fixed points bar the way'
  const rate = Math.sqrt(form.scale)
  const [before, after] = edgesOfHalfCore(form)
  for (const edge of [before, after]) {
    const ratio = dot(form.covector, flow.velocity(edge)) / form.effectiveR
    if (!(ratio >= growth.least && ratio <= growth.most)) {
      return `the flow there is not parabolic: ${edgeText(ratio)}`
    }
  }
  const spectra = [before, after].map(edge => spectrum(flow.jacobian(edge), flow.dimension))
  const dimension = numberPassing(spectra[0]!, spectra[1]!, rate)
  if (dimension < 1) return 'no real eigenvalue passes through zero there'
  const here = spectrum(flow.jacobian(position), flow.dimension)
  const others = otherEigenvalues(here, dimension)
  if (others.some(i => modulus(here, i) < rate)) {
    const aside = Math.max(...[before, after].map(edge => sidewaysShare(flow, form, edge)))
    if (aside > sideways)
      return 'the flow there is slower in another direction and leaves the passage along it'
  }
  const index = others.filter(i => grows(flow, here, i)).length
  const spectralGap = Math.min(Number.POSITIVE_INFINITY, ...others.map(i => Math.abs(here.real[i]!)))
  return {
    position,
    speed,
    energy: speed ** 2 / 2,
    dimension,
    index,
    stable: index === 0,
    spectrum: here,
    canonicalForm: { ...form, dimension, spectralGap },
    dwellTime: Math.PI / rate,
  }
}

const edgeText = (ratio: number) =>
  `½√(r/a) beside the vertex the speed is ${ratio.toPrecision(3)} times the least, not 1.25 times`

function edgesOfHalfCore(form: CanonicalForm): readonly [Float64Array, Float64Array] {
  const reach = (Math.sign(form.effectiveR) * coreHalfWidth(form)) / 2
  return [plusScaled(form.centre, form.direction, -reach), plusScaled(form.centre, form.direction, reach)]
}

/** The velocity that is not along v, relative to that which is. */
function sidewaysShare(flow: Flow, { covector, direction }: CanonicalForm, x: Float64Array): number {
  const velocity = flow.velocity(x)
  const along = dot(covector, velocity)
  return euclideanNorm(plusScaled(velocity, direction, -along)) / Math.abs(along)
}

/** How many real eigenvalues are clearly below zero before, and clearly above it after. */
function numberPassing(before: Spectrum, after: Spectrum, rate: number): number {
  const count = ({ real, imaginary }: Spectrum, holds: (value: number) => boolean) =>
    real.filter((value, i) => Math.abs(imaginary[i]!) <= rate && holds(value)).length
  const above = (value: number) => value > passed * rate
  const below = (value: number) => value < -passed * rate
  return Math.min(count(after, above) - count(before, above), count(before, below) - count(after, below))
}

/** Indices of all eigenvalues but the `apart` nearest zero. */
function otherEigenvalues(eigen: Spectrum, apart: number): number[] {
  return Array.from(eigen.real.keys())
    .sort((a, b) => modulus(eigen, a) - modulus(eigen, b))
    .slice(apart)
}

function modulus({ real, imaginary }: Spectrum, i: number): number {
  return Math.hypot(real[i]!, imaginary[i]!)
}

/** Whether a direction grows, in time or by steps. */
export function grows(flow: Flow, eigen: Spectrum, i: number): boolean {
  return growthRate(flow, eigen, i) > 0
}

/** Whether a direction shrinks, in time or by steps; one that stays does neither. */
export function shrinks(flow: Flow, eigen: Spectrum, i: number): boolean {
  return growthRate(flow, eigen, i) < 0
}

/** Re λ; of steps |1 + step·λ| − 1. */
function growthRate({ step }: Flow, { real, imaginary }: Spectrum, i: number): number {
  return step === undefined ? real[i]! : Math.hypot(1 + step * real[i]!, step * imaginary[i]!) - 1
}
