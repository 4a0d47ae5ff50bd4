import { describe, expect, it } from 'vitest'
import { NamedArrays } from '../../src/models/named-arrays.js'
import { readTrajectories } from '../../src/models/trajectories.js'

const file = (shapes: Readonly<Record<string, readonly number[]>>, first = 0) =>
  new NamedArrays(
    'states.npz',
    Object.entries(shapes).map(([name, shape]) => {
      const length = shape.reduce((a, b) => a * b, 1)
      return {
        name,
        shape,
        type: '<f8',
        read: () => Float64Array.from({ length }, (_, i) => (i === 0 ? first : i)),
      }
    }),
  )

const rows = (...states: number[][]) => states.map(state => Float64Array.from(state))

describe('readTrajectories', () => {
  it('takes steps of one trial, or of several', () => {
    expect(readTrajectories(file({ h: [2, 3] }), 3)).toEqual({
      name: 'h',
      trials: [rows([0, 1, 2], [3, 4, 5])],
    })
    const { trials } = readTrajectories(file({ h: [2, 1, 3] }), 3)
    expect(trials).toEqual([rows([0, 1, 2]), rows([3, 4, 5])])
  })

  it('takes the only array that fits, or the one that is named', () => {
    expect(readTrajectories(file({ W: [4, 4], x: [9, 3], u: [9] }), 3).name).toBe('x')
    expect(readTrajectories(file({ x: [9, 3], y: [2, 9, 3] }), 3, 'y').trials).toHaveLength(2)
  })

  it.each([
    [
      { x: [9, 4] },
      undefined,
      'states.npz: holds no trajectories; it holds x (9, 4) <f8; accepted: (steps, 3) or ',
    ],
    [{ x: [9, 3], y: [8, 3] }, undefined, 'states.npz: may hold 2 trajectories; it holds x (9, 3) <f8, y '],
    [{ x: [9, 3] }, 'y', 'states.npz: no array "y"; it holds x (9, 3) <f8; '],
    [
      { x: [9, 4] },
      'x',
      'states.npz: x: is of shape (9, 4); accepted: (steps, 3) or (trials, steps, 3), not empty',
    ],
    [{ x: [0, 3] }, 'x', 'states.npz: x: is of shape (0, 3); '],
  ])('refuses %j with the name %s', (shapes, name, message) => {
    expect(() => readTrajectories(file(shapes), 3, name)).toThrow(message)
  })

  it('refuses what is not finite', () => {
    const infinite = file({ x: [2, 3] }, Number.POSITIVE_INFINITY)
    expect(() => readTrajectories(infinite, 3)).toThrow(
      'states.npz: x[0, 0]: is Infinity; accepted: finite numbers',
    )
  })
})
