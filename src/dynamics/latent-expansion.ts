import type { RankOneParameters } from '../models/rank-one.js'
import type { Expand } from './isolate-zeros.js'

/**
 * Taylor polynomials of the slope F'(κ) = −1 + Σ n m tanh'(mκ + b) of a rank-one network's latent flow, of degree 5,
 * with a bound on the rest. Its sixth derivative is Σ n m⁷ tanh⁽⁷⁾(z), and of h = tanh z it holds, with
 * s = 1 − h² = sech² z, that |tanh⁽⁷⁾| ≤ 272·s ≤ 272; s grows at most by e^{2|δ|} from z to z + δ.
 */
export interface LatentSlope {
  readonly expand: Expand
  /** Radius within which a polynomial is good to a few hundredths wherever it is centred. */
  readonly radius: number
}

/** max |tanh⁽⁷⁾(z)|/sech² z, at z = 0. */
const seventhDerivative = 272
const factorial6 = 720
const goodRemainder = 0.03

/** Prepares the expansions of one network's slope. */
export function latentSlope({ m, n, b }: RankOneParameters): LatentSlope {
  const neurons = m.length
  const weight = new Float64Array(neurons)
  let [steepest, total, size] = [0, 0, 1]
  for (let i = 0; i < neurons; i++) {
    const steepness = Math.abs(m[i]!)
    const cube = steepness * steepness * steepness
    weight[i] = seventhDerivative * Math.abs(n[i]!) * cube * cube * steepness
    total += weight[i]!
    size += Math.abs(n[i]!) * steepness
    steepest = Math.max(steepest, steepness)
  }
  // Every sum has `neurons` terms; argument, exponential and powers are off by a few units in the last place each.
  const rounding = (neurons + 32) * Number.EPSILON * size
  const expand: Expand = (centre, radius) => {
    const growth = Math.exp(2 * steepest * radius)
    let [c0, c1, c2, c3, c4, c5, rest] = [-1, 0, 0, 0, 0, 0, 0]
    for (let i = 0; i < neurons; i++) {
      const mi = m[i]!
      const z = mi * centre + b[i]!
      const decay = Math.exp(-2 * Math.abs(z))
      const share = 1 / (1 + decay)
      const size = (1 - decay) * share
      const h = z < 0 ? -size : size
      const s = 4 * decay * share * share
      const u = h * h
      let p = n[i]! * mi * s
      c0 += p
      p *= mi
      c1 -= 2 * p * h
      p *= mi
      c2 += p * (3 * u - 1)
      p *= mi
      c3 += p * h * (8 / 3 - 4 * u)
      p *= mi
      c4 += p * (u * (5 * u - 5) + 2 / 3)
      p *= mi
      c5 += p * h * (u * (8 - 6 * u) - 34 / 15)
      rest += weight[i]! * Math.min(1, s * growth)
    }
    const fifth = (rest * radius ** 5) / (factorial6 / 6)
    return {
      coefficients: Float64Array.of(c0, c1, c2, c3, c4, c5),
      remainder: (fifth * radius) / 6 + rounding,
      slopeRemainder: fifth + rounding * steepest,
    }
  }
  return { expand, radius: ((goodRemainder * factorial6) / total) ** (1 / 6) }
}
