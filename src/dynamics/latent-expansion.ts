import type { RankOneParameters } from '../models/rank-one.js'
import type { Expand } from './isolate-zeros.js'
import { publishedInterval } from './scalar-flow.js'

/**
 * Taylor polynomials of a rank-one network's latent flow F(κ) = −κ + Σ n tanh(mκ + b), of degree 6, and of its slope,
 * of degree 5, with a bound on the rest, for centres in [−15, 15]. The seventh derivative of F is Σ n m⁷ tanh⁽⁷⁾(z),
 * and with s = sech² z |tanh⁽⁷⁾| ≤ 272·s ≤ 272; s grows at most by e^{2|δ|} from z to z + δ.
 */
export interface LatentExpansion {
  readonly flow: Expand
  readonly slope: Expand
  /** Radius within which a polynomial of the slope is good to a few hundredths wherever it is centred. */
  readonly radius: number
}

/** max |tanh⁽⁷⁾(z)|/sech² z, at z = 0. */
const seventhDerivative = 272
/** Keeps s above 0 where it underflows. */
const tiny = 1e-300
const goodRemainder = 0.03
/** Exponent of the largest growth that is multiplied with a sech² that may have underflowed. */
const largestGrowth = 600

/**
 * Prepares the expansions of one network's latent flow.
 * @throws RangeError if a parameter is not finite, or |m| so large that the bounds overflow
 */
export function latentExpansion(parameters: RankOneParameters): LatentExpansion {
  const bounds = boundsOf(parameters)
  const { steepest, rounding } = bounds
  if (!Number.isFinite(bounds.total + sumOf(parameters.b))) {
    throw new RangeError('latent flow: the parameters are not finite')
  }
  const flow: Expand = (centre, radius) => {
    const { coefficients, rest } = expandFlow(parameters, bounds, centre, radius)
    const sixth = (rest * radius ** 6) / 720
    const flowRounding = rounding * (1 + Math.abs(centre))
    return { coefficients, remainder: (sixth * radius) / 7 + flowRounding, slopeRemainder: sixth + rounding }
  }
  const slope: Expand = (centre, radius) => {
    const { coefficients, rest } = expandFlow(parameters, bounds, centre, radius)
    const fifth = (rest * radius ** 5) / 120
    return {
      coefficients: derivativeOf(coefficients),
      remainder: (fifth * radius) / 6 + rounding,
      slopeRemainder: fifth + rounding * steepest,
    }
  }
  return { flow, slope, radius: ((goodRemainder * 720) / bounds.total) ** (1 / 6) }
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)

function derivativeOf(coefficients: readonly number[]): number[] {
  const derivative: number[] = []
  for (let k = 1; k < coefficients.length; k++) derivative.push(k * coefficients[k]!)
  return derivative
}

interface Bounds {
  /** 272·|n|·|m|⁷ `[neurons]`. */
  readonly weight: Float64Array
  readonly total: number
  /** max |m|. */
  readonly steepest: number
  readonly rounding: number
  /** sech² of the last centre `[neurons]`. */
  readonly sech2: Float64Array
}

function boundsOf({ m, n, b }: RankOneParameters): Bounds {
  const weight = new Float64Array(m.length)
  let [steepest, total, size, argument] = [0, 0, 1, 0]
  for (let i = 0; i < m.length; i++) {
    const steepness = Math.abs(m[i]!)
    const cube = steepness * steepness * steepness
    weight[i] = seventhDerivative * Math.abs(n[i]!) * cube * cube * steepness
    total += weight[i]!
    const share = Math.abs(n[i]!) * (1 + steepness)
    size += share
    argument += share * (Math.abs(b[i]!) + publishedInterval.to * steepness)
    steepest = Math.max(steepest, steepness)
  }
  // Sums of that many terms, each with exponential and powers off by a few units in the last place; and mκ + b, off by two.
  const rounding = Number.EPSILON * ((m.length + 32) * size + 2 * argument)
  return { weight, total, steepest, rounding, sech2: new Float64Array(m.length) }
}

/** Coefficients of F about `centre`, and a bound on |F⁽⁷⁾| within `radius`. */
function expandFlow(parameters: RankOneParameters, bounds: Bounds, centre: number, radius: number) {
  const coefficients = expandAbout(parameters, centre, bounds.sech2)
  return { coefficients, rest: radius === 0 ? 0 : boundWithin(parameters, bounds, centre, radius) }
}

/** Leaves sech²(mκ + b) behind. Here the time goes: 25 ns a neuron, most of it for the exponential. */
function expandAbout({ m, n, b }: RankOneParameters, centre: number, sech2: Float64Array): number[] {
  let [c0, c1, c2, c3, c4, c5, c6] = [-centre, -1, 0, 0, 0, 0, 0]
  for (let i = 0; i < m.length; i++) {
    const mi = m[i]!
    const z = mi * centre + b[i]!
    const decay = Math.exp(-2 * Math.abs(z))
    const share = 1 / (1 + decay)
    const size = (1 - decay) * share
    const h = z < 0 ? -size : size
    const s = 4 * decay * share * share
    const u = h * h
    sech2[i] = s
    c0 += n[i]! * h
    let p = n[i]! * mi * s
    c1 += p
    p *= mi
    c2 -= p * h
    p *= mi
    c3 += p * (u - 1 / 3)
    p *= mi
    c4 += p * h * (2 / 3 - u)
    p *= mi
    c5 += p * (u * (u - 1) + 2 / 15)
    p *= mi
    c6 += p * h * (u * (4 / 3 - u) - 17 / 45)
  }
  return [c0, c1, c2, c3, c4, c5, c6]
}

/** 272·Σ |n||m|⁷ max sech² within `radius` of a centre where sech² is known. */
function boundWithin({ m, b }: RankOneParameters, bounds: Bounds, centre: number, radius: number): number {
  const { weight, sech2, steepest } = bounds
  let rest = 0
  if (2 * steepest * radius < largestGrowth) {
    for (let i = 0; i < m.length; i++) {
      const growth = Math.exp(2 * Math.abs(m[i]!) * radius)
      rest += weight[i]! * Math.min(1, (sech2[i]! + tiny) * growth)
    }
    return rest
  }
  for (let i = 0; i < m.length; i++) {
    const nearest = Math.abs(m[i]! * centre + b[i]!) - Math.abs(m[i]!) * radius
    rest += weight[i]! * Math.min(1, 4 * Math.exp(-2 * nearest))
  }
  return rest
}
