import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Recorder } from '../../src/training/history.js'
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

  it('of nothing is empty', () => {
    expect(record('log', []).epoch).toHaveLength(0)
  })
})
