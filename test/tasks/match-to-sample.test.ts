import { describe, expect, it } from 'vitest'
import { matchToSample } from '../../src/tasks/match-to-sample.js'

const intervals = { cue: 1, delay: 2, reaction: 2, trialsPerClass: 1 }

describe('delayed match to sample', () => {
  it('shows two cues and wants 1 in the reaction where they are equal', () => {
    const { inputs, targets, trials, steps, outputFunction } = matchToSample(intervals)
    expect({ trials, steps, outputFunction }).toEqual({ trials: 4, steps: 6, outputFunction: 'sigmoid' })
    expect([...inputs!]).toEqual([
      ...[1, 0, 0, 1, 0, 0],
      ...[-1, 0, 0, -1, 0, 0],
      ...[-1, 0, 0, 1, 0, 0],
      ...[1, 0, 0, -1, 0, 0],
    ])
    expect([...targets]).toEqual([
      ...[0, 0, 0, 0, 1, 1],
      ...[0, 0, 0, 0, 1, 1],
      ...[0, 0, 0, 0, 0, 0],
      ...[0, 0, 0, 0, 0, 0],
    ])
  })

  it('has second cues as long as the first', () => {
    const { inputs, steps } = matchToSample({ cue: 6, delay: 16, reaction: 10, trialsPerClass: 2 })
    expect(steps).toBe(38)
    expect(inputs!.slice(0, steps).reduce((sum, input) => sum + input, 0)).toBe(12)
    expect(inputs!).toHaveLength(8 * 38)
  })

  it('has the loss of an undecided network as its plateau: the least for answers that know no trial', () => {
    const task = matchToSample(intervals)
    const lossOf = (answer: number) => {
      let loss = 0
      for (let i = 0; i < task.targets.length; i++) {
        const output = i % task.steps >= 4 ? answer : 0
        loss += task.weights[i]! * (output - task.targets[i]!) ** 2
      }
      return loss
    }
    expect(task.silentLoss).toBeCloseTo(lossOf(0.5), 12)
    for (const answer of [0, 0.4, 0.6, 1]) expect(lossOf(answer)).toBeGreaterThan(task.silentLoss)
  })

  it('scores the share of outputs on the right side of one half', () => {
    const task = matchToSample({ cue: 1, delay: 1, reaction: 1, trialsPerClass: 1 })
    expect(task.accuracy(task.targets)).toBe(1)
    expect(task.accuracy(task.targets.map(target => 0.45 + 0.1 * target))).toBe(1)
    expect(task.accuracy(new Float64Array(16))).toBe(14 / 16)
    expect(task.accuracy(new Float64Array(16).fill(0.51))).toBe(2 / 16)
  })

  it.each(['cue', 'delay', 'reaction', 'trialsPerClass'])('refuses a %s of 1.5 by name', name => {
    expect(() => matchToSample({ ...intervals, [name]: 1.5 })).toThrow(
      `matchToSample: ${name} must be a positive whole number, got 1.5`,
    )
  })
})
