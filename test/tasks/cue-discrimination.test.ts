import { describe, expect, it } from 'vitest'
import { cueDiscrimination } from '../../src/tasks/cue-discrimination.js'

const intervals = { cue: 2, delay: 3, reaction: 2, trialsPerClass: 1 }

describe('delayed cue discrimination', () => {
  it('shows the cue, waits, and wants its sign in the reaction', () => {
    const { inputs, targets, trials, steps, outputFunction } = cueDiscrimination(intervals)
    expect({ trials, steps, outputFunction }).toEqual({ trials: 2, steps: 7, outputFunction: 'tanh' })
    expect([...inputs!]).toEqual([1, 1, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0, 0])
    expect([...targets].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1])
    expect([targets[5], targets[13]]).toEqual([1, -1])
  })

  it('has as many trials of either class as asked for, those of cue +1 first', () => {
    const { inputs, trials, steps } = cueDiscrimination({ ...intervals, trialsPerClass: 3 })
    const cues = Array.from({ length: trials }, (_, trial) => inputs![trial * steps])
    expect(cues).toEqual([1, 1, 1, -1, -1, -1])
  })

  it('loses the mean squared error over trials and steps', () => {
    const task = cueDiscrimination({ cue: 1, delay: 1, reaction: 2, trialsPerClass: 1 })
    expect([...task.weights]).toEqual(Array(8).fill(1 / 8))
    const silent = task.weights.reduce((sum, weight, i) => sum + weight * task.targets[i]! ** 2, 0)
    expect(silent).toBe(0.5)
    expect(task.silentLoss).toBe(0.5)
  })

  it('scores the outputs, thresholded at ±0.33, against the targets', () => {
    const task = cueDiscrimination({ cue: 1, delay: 1, reaction: 1, trialsPerClass: 1 })
    expect(task.accuracy(Float64Array.of(0, 0, 1, 0, 0, -1))).toBe(1)
    expect(task.accuracy(Float64Array.of(0.32, -0.32, 0.34, 0.33, -0.33, -0.34))).toBe(1)
    expect(task.accuracy(Float64Array.of(0.34, 0, 0.32, -0.34, 0, 0.9))).toBeCloseTo(2 / 6, 12)
    expect(task.accuracy(new Float64Array(6))).toBeCloseTo(4 / 6, 12)
  })

  it.each(['cue', 'delay', 'reaction', 'trialsPerClass'])('refuses a %s of 0 by name', name => {
    expect(() => cueDiscrimination({ ...intervals, [name]: 0 })).toThrow(
      `cueDiscrimination: ${name} must be a positive whole number, got 0`,
    )
  })
})
