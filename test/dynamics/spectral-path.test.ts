import { expect, it } from 'vitest'
import { eigenvalueCrossings, followEigenvalues } from '../../src/dynamics/spectral-path.js'
import { linear, manySaddleNodes, saddleNode, vanDerPol } from './systems.js'

const line = Array.from({ length: 41 }, (_, i) => Float64Array.of(-1 + i / 20 + 0.01, 0))

it('eigenvalues keep their identity where they pass one another', () => {
  // The Jacobian is diag(2x, −1): they are equal at x = −½.
  const { real, imaginary } = followEigenvalues(saddleNode(0.01), line)
  const [still, moving] = real[0]!.every(value => Math.abs(value + 1) < 1e-9) ? real : [real[1]!, real[0]!]
  expect([...still!]).toEqual(line.map(() => expect.closeTo(-1, 9)))
  expect([...moving!]).toEqual(line.map(([x]) => expect.closeTo(2 * x!, 9)))
  expect(imaginary.every(values => values.every(value => value === 0))).toBe(true)
})

it('a crossing has the time and slope of the eigenvalue 2x', () => {
  // x = 3t − 1 passes zero at t = ⅓ with d(2x)/dt = 6.
  const crossings = eigenvalueCrossings(saddleNode(0.01), time => Float64Array.of(3 * time - 1, 0), 0, 1)
  expect(crossings).toEqual([{ time: expect.closeTo(1 / 3, 6), slope: expect.closeTo(6, 6) }])
})

it('eigenvalues that cross together, or back, each have an entry', () => {
  const together = eigenvalueCrossings(
    manySaddleNodes([0.01, 0.01]),
    time => Float64Array.of(time, time),
    -0.3,
    1,
  )
  expect(together).toEqual([0, 0].map(() => ({ time: expect.closeTo(0, 6), slope: expect.closeTo(2, 6) })))
  const back = eigenvalueCrossings(saddleNode(0.01), time => Float64Array.of(Math.cos(time), 0), 0, 6)
  expect(back.map(({ slope }) => slope)).toEqual([expect.closeTo(-2, 3), expect.closeTo(2, 3)])
})

it('a complex pair that crosses the imaginary axis is none', () => {
  // At y = 0 the trace of van der Pol's Jacobian is μ(1 − x²), its determinant 1.
  expect(eigenvalueCrossings(vanDerPol(0.5), time => Float64Array.of(time, 0), 0.5, 1.5)).toEqual([])
  expect(eigenvalueCrossings(linear([0, 1], [-1, 0]), () => Float64Array.of(1, 0), 0, 1)).toEqual([])
})
