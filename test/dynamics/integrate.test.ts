import { describe, expect, it } from 'vitest'
import { createFlow, createMap } from '../../src/dynamics/create-flow.js'
import { integrate, iterate } from '../../src/dynamics/integrate.js'
import { blowUpTime, trajectory } from '../../src/theory/saddle-node.js'
import { linear, saddleNode } from './systems.js'

const oscillator = linear([0, 1], [-1, 0])

describe('integrate', () => {
  it('follows the saddle-node normal form to the tolerance', () => {
    const path = integrate(saddleNode(0.01), [-1, 0.5], {
      until: 30,
      sampleEvery: 0.05,
      relativeTolerance: 1e-9,
      absoluteTolerance: 1e-12,
    })
    expect(path.end).toBe('reached')
    expect(path.times.length).toBe(601)
    for (const [i, time] of path.times.entries()) {
      const exact = trajectory(time, -1, 0.01)
      expect(Math.abs(path.states[i]![0]! - exact)).toBeLessThan(1e-6 * Math.max(0.1, exact * exact))
      expect(path.states[i]![1]!).toBeCloseTo(0.5 * Math.exp(-time), 9)
    }
  })

  it('has samples between its steps as exact as its steps', () => {
    for (const tolerance of [1e-4, 1e-7, 1e-10]) {
      const options = { until: 10, relativeTolerance: tolerance, absoluteTolerance: tolerance }
      const steps = integrate(oscillator, [1, 0], options)
      const dense = integrate(oscillator, [1, 0], { ...options, sampleEvery: 0.01 })
      const error = ({ times, states }: typeof steps) =>
        Math.max(
          ...states.map((x, i) => Math.hypot(x[0]! - Math.cos(times[i]!), x[1]! + Math.sin(times[i]!))),
        )
      expect(error(steps)).toBeLessThan(50 * tolerance)
      expect(error(dense)).toBeLessThan(3 * error(steps))
    }
  })

  it('takes the fifth root of the tolerance for its steps: it is of order 5', () => {
    const count = (tolerance: number) =>
      integrate(oscillator, [1, 0], { until: 50, relativeTolerance: tolerance, absoluteTolerance: tolerance })
        .times.length
    const order = Math.log(1e5) / Math.log(count(1e-11) / count(1e-6))
    expect(order).toBeGreaterThan(4.6)
    expect(order).toBeLessThan(5.4)
  })

  it('ends a blow-up with the samples it has, at the time it blows up', () => {
    const path = integrate(saddleNode(0.01), [-1, 0.5], { until: 100 })
    expect(path.end).toBe('diverged')
    expect(path.times.at(-1)).toBeCloseTo(blowUpTime(-1, 0.01), 2)
    expect(path.states.every(state => state.every(Number.isFinite))).toBe(true)
    expect(
      integrate(saddleNode(0.01), [-1, 0.5], { until: 100, bound: 10 }).states.at(-1)![0]!,
    ).toBeLessThanOrEqual(10)
  })

  it('ends where the flow has no value', () => {
    const root = createFlow({ dimension: 1, velocity: ([x]) => [-1 / Math.sqrt(x!)] })
    const path = integrate(root, [1], { until: 10 })
    expect(path.end).toBe('diverged')
    // x = (1 − 3t/2)^(2/3).
    expect(path.times.at(-1)).toBeCloseTo(2 / 3, 2)
  })

  it('samples at given times and stops where it is told to', () => {
    const path = integrate(oscillator, [1, 0], { until: 3, times: [0.5, 1, 2.5], relativeTolerance: 1e-8 })
    expect([...path.times]).toEqual([0.5, 1, 2.5])
    expect(path.states[2]![0]).toBeCloseTo(Math.cos(2.5), 5)
    const stopped = integrate(oscillator, [1, 0], { until: 10, sampleEvery: 0.1, stopWhen: ([x]) => x! < 0 })
    expect(stopped.end).toBe('stopped')
    expect(stopped.times.at(-1)).toBeCloseTo(1.6, 10)
  })

  it('says that a stiff system needs more steps', () => {
    expect(() => integrate(linear([-1e6]), [1], { until: 100, maxSteps: 500 })).toThrow(
      /500 steps reached time .* of 100: the system is stiff/,
    )
  })

  it('refuses what it cannot start from', () => {
    expect(() => integrate(oscillator, [1], { until: 1 })).toThrow('start must be 2 finite numbers, got [1]')
    expect(() => integrate(oscillator, [1, Number.NaN], { until: 1 })).toThrow(
      'start must be 2 finite numbers',
    )
    expect(() => integrate(oscillator, [1, 0], { until: 0 })).toThrow(
      'until must be positive and finite, got 0',
    )
    expect(() => integrate(oscillator, [1, 0], { until: 1, times: [0.5, 0.5] })).toThrow('times must ascend')
    expect(() => integrate(oscillator, [1, 0], { until: 1, sampleEvery: -1 })).toThrow(
      'sampleEvery must be positive',
    )
  })
})

describe('iterate', () => {
  const logistic = createMap({ dimension: 1, next: ([x]) => [4 * x! * (1 - x!)] })

  it('gives the orbit of a map: of the logistic map at 4, sin²(2ⁿ asin √x₀)', () => {
    const path = iterate(logistic, [0.3], { steps: 12 })
    expect(path.times.length).toBe(13)
    for (const [n, state] of path.states.entries()) {
      expect(state[0]).toBeCloseTo(Math.sin(2 ** n * Math.asin(Math.sqrt(0.3))) ** 2, 9)
    }
  })

  it('counts time in the units of the flow', () => {
    const flow = createFlow({ dimension: 1, velocity: ([x]) => [-x!], step: 0.5 })
    const path = iterate(flow, [1], { steps: 3 })
    expect([...path.times]).toEqual([0, 0.5, 1, 1.5])
    expect(path.states[3]![0]).toBe(0.125)
  })

  it('ends where the orbit leaves every bound, and needs a step', () => {
    expect(iterate(logistic, [2], { steps: 100 }).end).toBe('diverged')
    expect(() => iterate(oscillator, [1, 0], { steps: 1 })).toThrow('the flow must have a step')
    expect(() => iterate(logistic, [0.3], { steps: 1.5 })).toThrow(
      'steps must be a whole number from 0, got 1.5',
    )
  })
})
