import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latentExpansion } from '../../src/dynamics/latent-expansion.js'

const weight = (size: number) => fc.double({ min: -size, max: size, noNaN: true })
const network = fc
  .array(fc.record({ m: weight(3), n: weight(2), b: weight(3) }), { minLength: 1, maxLength: 8 })
  .map(neurons => ({
    m: Float64Array.from(neurons, ({ m }) => m),
    n: Float64Array.from(neurons, ({ n }) => n),
    b: Float64Array.from(neurons, ({ b }) => b),
  }))
const places = {
  centre: weight(6),
  radius: fc.double({ min: 0.01, max: 1.5, noNaN: true }),
  share: weight(1),
}

const polynomial = (coefficients: readonly number[], x: number) =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)

describe('the Taylor polynomials of a latent flow', () => {
  it('stay within their bound of the flow', () => {
    fc.assert(
      fc.property(
        network,
        places.centre,
        places.radius,
        places.share,
        ({ m, n, b }, centre, radius, share) => {
          const { coefficients, remainder } = latentExpansion({ m, n, b }).flow(centre, radius)
          const x = centre + share * radius
          const flow = m.reduce((sum, mi, i) => sum + n[i]! * Math.tanh(mi * x + b[i]!), -x)
          expect(Math.abs(polynomial(coefficients, share * radius) - flow)).toBeLessThanOrEqual(remainder)
        },
      ),
    )
  })

  it('stay within their bound of the slope', () => {
    fc.assert(
      fc.property(
        network,
        places.centre,
        places.radius,
        places.share,
        ({ m, n, b }, centre, radius, share) => {
          const { coefficients, remainder } = latentExpansion({ m, n, b }).slope(centre, radius)
          const x = centre + share * radius
          const slope = m.reduce((sum, mi, i) => sum + (n[i]! * mi) / Math.cosh(mi * x + b[i]!) ** 2, -1)
          expect(Math.abs(polynomial(coefficients, share * radius) - slope)).toBeLessThanOrEqual(remainder)
        },
      ),
    )
  })

  it('have a slope within its bound of the second derivative', () => {
    fc.assert(
      fc.property(
        network,
        places.centre,
        places.radius,
        places.share,
        ({ m, n, b }, centre, radius, share) => {
          const { coefficients, slopeRemainder } = latentExpansion({ m, n, b }).slope(centre, radius)
          const x = centre + share * radius
          const second = m.reduce((sum, mi, i) => {
            const z = mi * x + b[i]!
            return sum - (2 * n[i]! * mi * mi * Math.tanh(z)) / Math.cosh(z) ** 2
          }, 0)
          const derivative = coefficients.slice(1).map((coefficient, k) => (k + 1) * coefficient)
          const error = Math.abs(polynomial(derivative, share * radius) - second)
          expect(error).toBeLessThanOrEqual(slopeRemainder)
        },
      ),
    )
  })

  it('are exact to rounding at their centre', () => {
    fc.assert(
      fc.property(network, places.centre, (parameters, centre) => {
        const { flow, slope } = latentExpansion(parameters)
        expect(flow(centre, 0).remainder).toBeLessThan(1e-11)
        expect(slope(centre, 0).remainder).toBeLessThan(1e-11)
      }),
    )
  })
})
