import { describe, expect, it } from 'vitest'
import { EventDetector } from '../../src/training/events.js'

function detect(losses: readonly number[], silentLoss = 1) {
  const detector = new EventDetector(silentLoss)
  detector.observe({ firstEpoch: 0, loss: Float64Array.from(losses) })
  return detector.events
}

describe('the events of a training', () => {
  it('are a first fall below one half and a second below one tenth of the plateau', () => {
    expect(detect([1, 0.9, 0.49, 0.3, 0.09, 0.05])).toMatchObject({
      firstFall: 2,
      secondFall: 4,
      collapse: undefined,
    })
  })

  it('are measured against the plateau of the task', () => {
    expect(detect([0.25, 0.13, 0.12, 0.03, 0.02], 0.25)).toMatchObject({ firstFall: 2, secondFall: 4 })
  })

  it('are measured against the first loss where that is lower: an undecided read-out is no fall', () => {
    expect(detect([0.5, 0.49, 0.26, 0.24, 0.04])).toMatchObject({ firstFall: 3, secondFall: 4 })
    expect(detect([0.5, 0.2, 0.48, 1])).toMatchObject({ firstFall: 1, collapse: 2 })
  })

  it('have no collapse before a fall', () => {
    expect(detect([1, 1, 1])).toEqual({
      firstFall: undefined,
      secondFall: undefined,
      collapse: undefined,
      recoveries: 0,
      lowest: { epoch: 0, loss: 1 },
    })
  })

  it('have a collapse where the loss is back at the plateau for good', () => {
    expect(detect([1, 0.4, 0.6, 0.97, 1, 0.9, 1])).toMatchObject({ firstFall: 1, collapse: 3, recoveries: 0 })
  })

  it('forget a collapse that is undone, and count it', () => {
    expect(detect([1, 0.4, 1, 0.3, 0.2])).toMatchObject({ collapse: undefined, recoveries: 1 })
    expect(detect([1, 0.4, 1, 0.3, 0.2, 0.99, 1])).toMatchObject({ collapse: 5, recoveries: 1 })
  })

  it('do not depend on how the epochs are cut', () => {
    const losses = [1, 0.7, 0.3, 0.05, 0.99, 1]
    const detector = new EventDetector(1)
    losses.forEach((loss, firstEpoch) => {
      detector.observe({ firstEpoch, loss: Float64Array.of(loss) })
    })
    expect(detector.events).toEqual(detect(losses))
    expect(detector.events.lowest).toEqual({ epoch: 3, loss: 0.05 })
  })
})
