import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reduceToCanonicalForm } from '../../src/dynamics/canonical-form.js'
import { createFlow } from '../../src/dynamics/create-flow.js'
import type { Flow } from '../../src/dynamics/flow.js'
import { findSlowPoints } from '../../src/dynamics/slow-points.js'
import { matrixProduct, matrixVector, solve } from '../../src/numerics/linear-algebra.js'

/** y' = r + λy + ay² + cy³ beside stable directions z' = −rate·z + pull·y², all seen in other coordinates. */
interface Embedded {
  readonly r: number
  readonly lambda: number
  readonly a: number
  readonly c: number
  readonly rates: readonly number[]
  readonly pull: number
}

/** A well-conditioned matrix `[d, d]`: an orthogonal one by reflections, its columns stretched by 1/2 to 2. */
function coordinates(d: number, random: readonly number[]): Float64Array {
  let matrix = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0))
  for (let round = 0; round < 3; round++) {
    const normal = Float64Array.from(
      { length: d },
      (_, i) => random[(round * d + i) % random.length]! + 0.01 * (i + 1),
    )
    const size = normal.reduce((sum, value) => sum + value * value, 0)
    const reflection = Float64Array.from({ length: d * d }, (_, k) => {
      const [i, j] = [Math.floor(k / d), k % d]
      return (i === j ? 1 : 0) - (2 * normal[i]! * normal[j]!) / size
    })
    matrix = Float64Array.from(matrixProduct(reflection, matrix, d))
  }
  return matrix.map((value, k) => value * 2 ** random[(k % d) % random.length]!)
}

function embed({ r, lambda, a, c, rates, pull }: Embedded, basis: Float64Array, known = true): Flow {
  const d = rates.length + 1
  const columns = Array.from(
    { length: d },
    (_, j) =>
      solve(
        basis,
        Float64Array.from({ length: d }, (_, i) => (i === j ? 1 : 0)),
      )!,
  )
  const inverse = Float64Array.from({ length: d * d }, (_, k) => columns[k % d]![Math.floor(k / d)]!)
  const decay = inverse.map((value, k) => (k < d ? 0 : -rates[Math.floor(k / d) - 1]! * value))
  const stable = matrixProduct(basis, decay, d)
  const inside = (x: Float64Array) => matrixVector(inverse, x)
  return createFlow({
    dimension: d,
    velocity: x => {
      const [y, ...z] = inside(x)
      const slow = r + lambda * y! + a * y! ** 2 + c * y! ** 3
      return matrixVector(
        basis,
        Float64Array.of(slow, ...z.map((value, i) => -rates[i]! * value + pull * y! ** 2)),
      )
    },
    ...(known && {
      // The stable part is constant, and y is all that the rest depends on.
      jacobian: (x: Float64Array) => {
        const y = inside(x)[0]!
        const slopes = matrixVector(
          basis,
          Float64Array.of(lambda + 2 * a * y + 3 * c * y ** 2, ...rates.map(() => 2 * pull * y)),
        )
        return stable.map((value, k) => value + slopes[Math.floor(k / d)]! * inverse[k % d]!)
      },
    }),
  })
}

/** Length of the slow direction's column: y in units of the state along it. */
const unitOf = (basis: Float64Array, d: number) =>
  Math.hypot(...Array.from({ length: d }, (_, i) => basis[i * d]!))

const system = fc.record({
  r: fc.double({ min: 1e-4, max: 1e-2, noNaN: true }),
  lambda: fc.double({ min: -0.005, max: 0.005, noNaN: true }),
  a: fc.double({ min: 0.3, max: 2, noNaN: true }),
  c: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  sign: fc.constantFrom(-1, 1),
  dimension: fc.integer({ min: 1, max: 50 }),
  random: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 }),
})

/** Speed and curvature where y' = r + λy + ay² + cy³ is extreme near 0: the roots of a quadratic, no search. */
function vertexOf({ r, lambda, a, c }: Pick<Embedded, 'r' | 'lambda' | 'a' | 'c'>) {
  // λ + 2ay + 3cy² = 0, the root that goes to −λ/2a with c.
  const y = -lambda / (a + Math.sign(a) * Math.sqrt(a * a - 3 * c * lambda))
  return { y, speed: r + lambda * y + a * y ** 2 + c * y ** 3, curvature: a + 3 * c * y }
}

describe('the canonical form of a one-dimensional flow hidden among stable directions', () => {
  const rates = (count: number, random: readonly number[]) =>
    Array.from({ length: count }, (_, i) => 1 + 2 * Math.abs(random[i % 60]!))

  const expectHiddenForm = (
    flow: Flow,
    hidden: Omit<Embedded, 'rates' | 'pull'>,
    unit: number,
    digits: number,
  ) => {
    const { points } = findSlowPoints(flow, [new Float64Array(flow.dimension)])
    expect(points.map(({ kind }) => kind)).toEqual(['ghost'])
    const form = points[0]!.canonicalForm!
    const { speed, curvature } = vertexOf(hidden)
    // The direction's sign is a matter of convention, and turns r and a alike.
    expect(Math.abs(form.effectiveR / (speed * unit))).toBeCloseTo(1, digits)
    expect(form.scale / (speed * curvature)).toBeCloseTo(1, digits)
    expect((form.dwellTime! * Math.sqrt(speed * curvature)) / Math.PI).toBeCloseTo(1, digits)
    expect(form.dimension).toBe(1)
  }

  it('gives back r_eff and s to 1e-6 in 1 to 50 dimensions', () => {
    fc.assert(
      fc.property(system, ({ sign, dimension: d, random, ...slow }) => {
        const hidden = { ...slow, r: sign * slow.r, a: sign * slow.a }
        const basis = coordinates(d, random)
        const flow = embed({ ...hidden, rates: rates(d - 1, random), pull: 0 }, basis)
        expectHiddenForm(flow, hidden, unitOf(basis, d), 6)
      }),
      { numRuns: 30 },
    )
  })

  it('gives them back to 1e-6 when only the velocity is known', () => {
    fc.assert(
      fc.property(system, ({ sign, dimension, random, ...slow }) => {
        const d = 1 + (dimension % 6)
        const hidden = { ...slow, r: sign * slow.r, a: sign * slow.a }
        const basis = coordinates(d, random)
        const flow = embed({ ...hidden, rates: rates(d - 1, random), pull: 0 }, basis, false)
        expectHiddenForm(flow, hidden, unitOf(basis, d), 6)
      }),
      { numRuns: 15 },
    )
  })

  it('is the same in all linear coordinates, where stable directions are pulled along', () => {
    fc.assert(
      fc.property(system, ({ sign: _, dimension, random, ...slow }) => {
        const d = 2 + (dimension % 8)
        const parts = { ...slow, rates: rates(d - 1, random), pull: 0.7 }
        const forms = [coordinates(d, random), coordinates(d, random.toReversed())].map(basis => {
          const { points } = findSlowPoints(embed(parts, basis), [new Float64Array(d)])
          return points[0]!.canonicalForm!
        })
        expect(forms[0]!.scale / forms[1]!.scale).toBeCloseTo(1, 7)
        const { speed, curvature } = vertexOf(slow)
        expect(forms[0]!.scale / (speed * curvature)).toBeCloseTo(1, 6)
      }),
      { numRuns: 15 },
    )
  })
})

describe('the canonical form at a point', () => {
  const parabola = createFlow({ dimension: 1, velocity: ([y]) => [-0.01 + 0.02 * y! + 0.5 * y! ** 2] })

  it('gives the half-distance of two fixed points that lie around it', () => {
    const form = reduceToCanonicalForm(parabola, Float64Array.of(0.03))!
    // Roots of ½y² + 0.02y − 0.01.
    expect(form.halfDistance).toBeCloseTo(Math.sqrt(0.02 ** 2 + 2 * 0.01), 10)
    expect(form.dwellTime).toBeUndefined()
    expect(form.scale).toBeLessThan(0)
    expect(form.centre[0]).toBeCloseTo(-0.02, 10)
  })

  it('holds the Taylor coefficients at that point', () => {
    const { r, lambda, a, covector, direction } = reduceToCanonicalForm(parabola, Float64Array.of(0.1))!
    expect([r, lambda, a]).toEqual([
      expect.closeTo(-0.003, 10),
      expect.closeTo(0.12, 10),
      expect.closeTo(0.5, 8),
    ])
    expect([direction[0], covector[0]]).toEqual([1, 1])
  })

  it('is not there where the slowest direction turns, or does not bend', () => {
    const focus = createFlow({ dimension: 2, velocity: ([x, y]) => [-0.1 * x! - y!, x! - 0.1 * y!] })
    expect(reduceToCanonicalForm(focus, Float64Array.of(0.1, 0))).toBeUndefined()
    const line = createFlow({ dimension: 1, velocity: ([x]) => [x!], jacobian: () => [1] })
    expect(reduceToCanonicalForm(line, Float64Array.of(0))).toBeUndefined()
  })

  it('refuses a point of another dimension', () => {
    expect(() => reduceToCanonicalForm(parabola, Float64Array.of(0, 0))).toThrow('must hold 1 numbers, got 2')
  })
})
