import { describe, expect, it } from 'vitest'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'

describe('delayed activation', () => {
  it('is off for the delay and on for the response, one trial without input', () => {
    const task = delayedActivation({ delay: 3, response: 2 })
    expect([...task.targets]).toEqual([0, 0, 0, 1, 1])
    expect(task).toMatchObject({ trials: 1, steps: 5, inputs: undefined, outputFunction: 'sigmoid' })
  })

  it('has a response as long as the delay unless one is given', () => {
    expect(delayedActivation({ delay: 20 }).steps).toBe(40)
  })

  it('has for a silent network the loss response / delay', () => {
    for (const [delay, response] of [
      [20, 20],
      [4, 1],
      [3, 12],
    ] as const) {
      const task = delayedActivation({ delay, response })
      const silent = task.targets.reduce((sum, target, i) => sum + task.weights[i]! * target ** 2, 0)
      expect(silent).toBeCloseTo(response / delay, 12)
      expect(task.silentLoss).toBeCloseTo(silent, 12)
    }
  })

  it('scores the share of steps on the right side of one half', () => {
    const task = delayedActivation({ delay: 2, response: 2 })
    expect(task.accuracy(Float64Array.of(0.1, 0.2, 0.9, 0.8))).toBe(1)
    expect(task.accuracy(Float64Array.of(0, 0, 0, 0))).toBe(0.5)
    expect(task.accuracy(Float64Array.of(0.6, 0, 0.9, 0.5))).toBe(0.5)
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses an interval of %d steps by name', steps => {
    expect(() => delayedActivation({ delay: steps })).toThrow(
      `delay must be a positive whole number, got ${steps}`,
    )
    expect(() => delayedActivation({ delay: 1, response: steps })).toThrow('response must be')
  })
})
