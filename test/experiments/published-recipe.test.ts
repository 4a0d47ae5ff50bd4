import { describe, expect, it } from 'vitest'
import { createFlow } from '../../src/dynamics/create-flow.js'
import { findSlowPoints } from '../../src/dynamics/slow-points.js'
import { compareRecipes, publishedSlowPoints } from '../../src/experiments/figure-4/published-recipe.js'
import { compareRecipes as compareFullRank } from '../../src/experiments/figure-5/published-recipe.js'

/** x' = x − x³, y' = −y: a saddle between two stable points. */
const flow = createFlow({ dimension: 2, velocity: ([x, y]) => [x! - x! ** 3, -y!] })
const extents = [
  [-2.03, 2.01],
  [-1.02, 1.04],
] as const

describe('the published way to slow points', () => {
  it('finds the three fixed points of a pitchfork', () => {
    const found = publishedSlowPoints(flow, extents)
      .map(([x, y]) => [Math.round(1e6 * x!) / 1e6 + 0, Math.round(1e6 * y!) / 1e6 + 0])
      .sort((a, b) => a[0]! - b[0]!)
    expect(found).toEqual([
      [-1, 0],
      [0, 0],
      [1, 0],
    ])
  })

  it('is compared with the other way point by point', () => {
    const states = [
      [-1.5, 0.5],
      [0.1, 0.1],
      [1.5, -0.5],
    ].map(state => Float64Array.from(state))
    const { points } = findSlowPoints(flow, states)
    const look = { flow, points: points.slice(1), isNear: () => true, paths: [{ name: 'one', states }] }
    expect(compareRecipes(look)).toEqual({
      published: 3,
      here: points.length - 1,
      both: points.length - 1,
      notStationary: 0,
    })
  })

  it('descends from visited states where a flow has too many dimensions for a grid', () => {
    const high = createFlow({ dimension: 4, velocity: ([x, y, z, u]) => [x! - x! ** 3, -y!, -z!, -2 * u!] })
    const states = [
      [-1.5, 0.5, 0.1, 0],
      [0.1, 0.1, -0.2, 0.1],
      [1.5, -0.5, 0.1, 0.2],
      [0.9, 0.3, 0.3, 0],
    ].map(state => Float64Array.from(state))
    const { points } = findSlowPoints(high, states)
    const look = { flow: high, points, isNear: () => true, paths: [{ name: 'one', states }] }
    const { published, here, both, notStationary, spectraApart } = compareFullRank(look)
    expect({ published, here, both, notStationary }).toEqual({
      published: 3,
      here: 3,
      both: 3,
      notStationary: 0,
    })
    expect(spectraApart).toBeLessThan(1e-3)
  })
})
