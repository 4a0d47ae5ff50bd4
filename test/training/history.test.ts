import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventMargin, type HistoryRow, Recorder } from '../../src/training/history.js'
import type { Stretch } from '../../src/training/trainer.js'

/** A stretch whose values tell their epoch. */
function stretch(firstEpoch: number, length: number): Stretch {
  const column = (scale: number) => Float64Array.from({ length }, (_, i) => scale * (firstEpoch + i))
  return { firstEpoch, loss: column(2), gradientNorm: column(3), accuracy: column(5) }
}

function record(setting: ConstructorParameters<typeof Recorder>[0], lengths: readonly number[]) {
  const recorder = new Recorder(setting)
  let epoch = 0
  for (const length of lengths) {
    recorder.observe(stretch(epoch, length))
    epoch += length
  }
  return recorder.finish()
}

/** First fall at 5051, second at 5070, collapse at 5160. */
function lossWithCollapse(epoch: number): number {
  if (epoch < 5051) return 1
  if (epoch < 5070) return 0.3
  return epoch < 5160 ? 0.05 : 0.97
}

function recordLosses(
  lossAt: (epoch: number) => number,
  lengths: readonly number[],
  onRow?: (row: HistoryRow) => void,
) {
  const recorder = new Recorder('log', { silentLoss: 1, onRow })
  let epoch = 0
  for (const length of lengths) {
    const loss = Float64Array.from({ length }, (_, i) => lossAt(epoch + i))
    recorder.observe({ ...stretch(epoch, length), loss })
    epoch += length
  }
  return recorder.finish()
}

const lengths = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 12 })

describe('a history', () => {
  it('of all epochs keeps every one with its values', () => {
    const { epoch, loss, gradientNorm, accuracy } = record('all', [3, 0, 2])
    expect([...epoch]).toEqual([0, 1, 2, 3, 4])
    expect([...loss]).toEqual([0, 2, 4, 6, 8])
    expect([...gradientNorm]).toEqual([0, 3, 6, 9, 12])
    expect([...accuracy]).toEqual([0, 5, 10, 15, 20])
  })

  it('of every n-th epoch keeps those and the last', () => {
    expect([...record({ every: 4 }, [5, 5]).epoch]).toEqual([0, 4, 8, 9])
    expect([...record({ every: 3 }, [4]).epoch]).toEqual([0, 3])
  })

  it('is the same however the epochs are cut into stretches', () => {
    fc.assert(
      fc.property(lengths, fc.constantFrom('log' as const, 'all' as const, { every: 7 }), (cut, setting) => {
        const whole = cut.reduce((sum, length) => sum + length, 0)
        expect(record(setting, cut)).toEqual(record(setting, [whole]))
      }),
      { numRuns: 25 },
    )
  })

  it('spaced by the logarithm of the epoch stays small and leaves no gap above 1 + 1.2%', () => {
    const { epoch } = record('log', [200_000])
    expect(epoch.length).toBeLessThan(1200)
    expect(epoch.at(-1)).toBe(199_999)
    for (let i = 1; i < epoch.length; i++) {
      expect(epoch[i]! - epoch[i - 1]!).toBeLessThanOrEqual(1 + 0.012 * epoch[i]!)
    }
  })

  it('keeps every epoch near a fall or a collapse, and no more than without them elsewhere', () => {
    const events = [5051, 5070, 5160]
    const { epoch, loss } = recordLosses(lossWithCollapse, [6000])
    for (const event of events) {
      for (let near = event - eventMargin; near <= event + eventMargin; near++) expect(epoch).toContain(near)
    }
    const spaced = new Set(record('log', [6000]).epoch)
    const near = (at: number) => events.some(event => Math.abs(at - event) <= eventMargin)
    expect([...epoch].filter(at => !near(at))).toEqual([...spaced].filter(at => !near(at)))
    for (const [i, at] of epoch.entries()) expect(loss[i]).toBe(lossWithCollapse(at))
  })

  it('near events is the same however the epochs are cut, and told in order as it is kept', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 9, maxLength: 20 }), cut => {
        const whole = cut.reduce((sum, length) => sum + length, 0)
        const told: HistoryRow[] = []
        const history = recordLosses(lossWithCollapse, cut, row => told.push(row))
        expect(history).toEqual(recordLosses(lossWithCollapse, [whole]))
        expect(told.map(row => row.epoch)).toEqual([...history.epoch])
        expect(told.map(row => row.loss)).toEqual([...history.loss])
      }),
      { numRuns: 25 },
    )
  })

  it('of a training that falls and collapses for ever stays bounded', () => {
    const { epoch } = recordLosses(at => (at % 500 < 250 ? 1 : 0), [100_000])
    expect(epoch.length).toBeLessThan(1200 + 12 * (2 * eventMargin + 1))
  })

  it('so far is part of the whole, without the epochs that are held back', () => {
    const recorder = new Recorder('log', { silentLoss: 1 })
    recorder.observe(stretch(0, 1000))
    const sofar = recorder.history.epoch
    expect(sofar.at(-1)).toBeLessThan(1000 - eventMargin)
    expect([...recorder.finish().epoch.slice(0, sofar.length)]).toEqual([...sofar])
  })

  it('of nothing is empty', () => {
    expect(record('log', []).epoch).toHaveLength(0)
  })
})
