import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spectrum } from '../../src/numerics/linear-algebra.js'
import { dot } from '../../src/numerics/matrix.js'
import { principalComponents } from '../../src/numerics/principal-components.js'
import { distanceOff, lift, project, requireSubspace, wholeSpace } from '../../src/numerics/subspace.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'

function cloud(count: number, spreads: readonly number[], seed = 3): Float64Array[] {
  const generator = new TorchGenerator(seed)
  return Array.from({ length: count }, () => {
    const normals = generator.normal32(Math.max(16, spreads.length))
    return Float64Array.from(spreads, (spread, i) => 2 * i + spread * normals[i]!)
  })
}

/** Sample covariance, row-major. */
function covariance(states: readonly Float64Array[]): Float64Array {
  const d = states[0]!.length
  const mean = Array.from({ length: d }, (_, i) => states.reduce((sum, s) => sum + s[i]!, 0) / states.length)
  return Float64Array.from({ length: d * d }, (_, index) => {
    const [i, j] = [Math.floor(index / d), index % d]
    const sum = states.reduce((total, s) => total + (s[i]! - mean[i]!) * (s[j]! - mean[j]!), 0)
    return sum / (states.length - 1)
  })
}

describe('principal components', () => {
  it('are the eigenvectors of the covariance, their variances its eigenvalues', () => {
    for (const states of [cloud(40, [1, 3, 0.2, 2]), cloud(5, [1, 3, 0.2, 2, 1, 4, 0.7])]) {
      const matrix = covariance(states)
      const { real, vectors } = spectrum(matrix, states[0]!.length)
      const { axes, variances, shares } = principalComponents(states, 3)
      const trace = real.reduce((sum, value) => sum + value, 0)
      for (let k = 0; k < 3; k++) {
        expect(variances[k]!).toBeCloseTo(real[k]!, 10)
        expect(shares[k]!).toBeCloseTo(real[k]! / trace, 10)
        expect(Math.abs(dot(axes[k]!, vectors[k]!))).toBeCloseTo(1, 10)
      }
    }
  })

  it('of points on an ellipse are its half-axes', () => {
    const angle = 0.3
    const turned = [
      [Math.cos(angle), Math.sin(angle)],
      [-Math.sin(angle), Math.cos(angle)],
    ]
    const states = Array.from({ length: 12 }, (_, i) => {
      const [a, b] = [5 * Math.cos((Math.PI * i) / 6), 2 * Math.sin((Math.PI * i) / 6)]
      return Float64Array.of(
        1 + a * turned[0]![0]! + b * turned[1]![0]!,
        2 + a * turned[0]![1]! + b * turned[1]![1]!,
      )
    })
    const { centre, axes, variances } = principalComponents(states, 2)
    expect([...centre]).toEqual([expect.closeTo(1, 12), expect.closeTo(2, 12)])
    expect([...axes[0]!]).toEqual(turned[0]!.map(value => expect.closeTo(value, 12)))
    expect([...axes[1]!]).toEqual(turned[1]!.map(value => expect.closeTo(value, 12)))
    // Σ cos² over a full turn is half the number of points.
    expect([...variances]).toEqual([25, 4].map(square => expect.closeTo((square * 6) / 11, 10)))
  })

  it('do not depend on the order of the states, nor on their signs about the mean', () => {
    const states = cloud(30, [1, 4, 2])
    const reference = principalComponents(states, 2)
    const mirrored = states.map(state => state.map((value, i) => 2 * reference.centre[i]! - value))
    for (const other of [states.slice().reverse(), mirrored]) {
      const { axes } = principalComponents(other, 2)
      for (const [k, axis] of axes.entries()) expect(dot(axis, reference.axes[k]!)).toBeCloseTo(1, 10)
    }
  })

  it.each([
    ['too few states', cloud(2, [1, 1, 1]), 2, '2 components need at least 3 states, got 2'],
    ['too few dimensions', cloud(9, [1, 1]), 3, '2 dimensions have no 3 components'],
    ['no count', cloud(9, [1, 1]), 0, 'count must be a whole number from 1, got 0'],
    ['equal states', Array.from({ length: 9 }, () => Float64Array.of(0.1, 0.7, 0.3)), 1, 'are all the same'],
    [
      'states on a line',
      Array.from({ length: 9 }, (_, i) => Float64Array.of(i, 2 * i, -i)),
      2,
      'vary in 1 directions',
    ],
    [
      'a value that is not a number',
      [...cloud(9, [1, 1]), Float64Array.of(1, Number.NaN)],
      1,
      'state 9 holds NaN at index 1',
    ],
    [
      'an infinite value',
      [...cloud(9, [1, 1]), Float64Array.of(Infinity, 1)],
      1,
      'state 9 holds Infinity at index 0',
    ],
    [
      'states of two lengths',
      [...cloud(9, [1, 1]), Float64Array.of(1)],
      1,
      'state 9 has 1 values, state 0 has 2',
    ],
  ])('are refused of %s', (_, states, count, message) => {
    expect(() => principalComponents(states, count)).toThrow(RangeError)
    expect(() => principalComponents(states, count)).toThrow(message)
  })
})

describe('a subspace', () => {
  it('projects what it lifts onto the same coordinates, at no distance', () => {
    const components = principalComponents(cloud(20, [3, 2, 1, 5]), 2)
    const coordinate = fc.double({ min: -9, max: 9, noNaN: true })
    fc.assert(
      fc.property(coordinate, coordinate, (a, b) => {
        const state = lift(components, [a, b])
        const back = project(components, state)
        expect(back[0]!).toBeCloseTo(a, 10)
        expect(back[1]!).toBeCloseTo(b, 10)
        expect(distanceOff(components, state)).toBeLessThan(1e-12)
      }),
    )
  })

  it('divides the distance from its centre as Pythagoras does', () => {
    const components = principalComponents(cloud(20, [3, 2, 1, 5]), 2)
    for (const state of cloud(10, [3, 2, 1, 5], 8)) {
      const along = Math.hypot(...project(components, state))
      const whole = Math.hypot(...state.map((value, i) => value - components.centre[i]!))
      expect(Math.hypot(along, distanceOff(components, state))).toBeCloseTo(whole, 10)
    }
  })

  it('that is the whole space has the state itself as coordinates', () => {
    const state = Float64Array.of(3, -1, 2)
    expect(project(wholeSpace(3), state)).toEqual(state)
    expect(distanceOff(wholeSpace(3), state)).toBe(0)
  })

  it('is refused if its axes are of another space, not of length 1 or not at right angles', () => {
    const centre = new Float64Array(2)
    const check =
      (...axes: Float64Array[]) =>
      () =>
        requireSubspace('map', { centre, axes }, 2)
    expect(check(Float64Array.of(1, 0, 0))).toThrow('map: centre and axes must have 2 coordinates, got 2, 3')
    expect(check(Float64Array.of(2, 0))).toThrow('axis 0 times axis 0 is 4')
    expect(check(Float64Array.of(1, 0), Float64Array.of(0.6, 0.8))).toThrow('axis 1 times axis 0 is 0.6')
    expect(check(Float64Array.of(0.6, 0.8), Float64Array.of(-0.8, 0.6))).not.toThrow()
  })
})
