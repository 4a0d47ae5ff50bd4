import { describe, expect, it } from 'vitest'
import { claims, type Figure8Runs, findings } from '../../src/experiments/figure-8/claims.js'
import type { LimitedBranch, ReadOutRun } from '../../src/experiments/figure-8/read-out-limit.js'
import { type Branch, branchOf, fateOf, type RescueRun } from '../../src/experiments/figure-8/rescue.js'
import { rescueSettings, seedsOf } from '../../src/experiments/figure-8/settings.js'
import type { ConfidenceRun } from '../../src/experiments/figure-8/trained-confidence.js'
import { restingSpeeds, type ZoneGradient } from '../../src/experiments/figure-8/zone-gradient.js'

const none = Float64Array.of()

/** A zone whose gradient decays as theory says, but for an error of the decay, and reaches as far as given. */
function zoneWith({ decayError = 0, reach = [0.5, 0.4, 0.3, 0.2, 0.1] }): ZoneGradient {
  return {
    r: Float64Array.of(-1, 1),
    closedForm: Float64Array.of(0, 1),
    simulated: reach.map((share, i) => ({ confidence: i + 1, gradient: Float64Array.of(share, 1) })),
    decays: restingSpeeds.map(speed => {
      return { speed, decay: 10 + speed + decayError, decayError: 0, gradient: none }
    }),
  }
}

const branch = (rescued: boolean): Branch => {
  return { firstGradient: 1, meanGradient: 1, accuracy: rescued ? 0.9 : 0.5, rescued }
}

/** Lost networks, of which so many are rescued at the lowered confidence and at 10; and as many that keep. */
function rescuesOf(lost: number, atLowered: number, at10: number): RescueRun[] {
  const { confidences, lowered, unchanged } = rescueSettings
  const runs = Array.from({ length: lost }, (_, seed): RescueRun => {
    const branches = confidences.map((_, c) =>
      branch((c === lowered && seed < atLowered) || (c === unchanged && seed < at10)),
    )
    return { seed, fate: 'lost', branches }
  })
  return [...runs, ...runs.map(({ seed }): RescueRun => ({ seed: lost + seed, fate: 'kept', branches: [] }))]
}

/** Lost networks with trained confidence, and kept ones. */
function trainedOf(lost: number, lowered: number, unchanged: number, kept = 0): ConfidenceRun[] {
  return Array.from({ length: lost + kept }, (_, i) => {
    const ended = i < lost ? { lowered: branch(i < lowered), unchanged: branch(i < unchanged) } : neither
    return { seed: i, fate: i < lost ? 'lost' : 'kept', confidence: 9, ...ended, history: undefined }
  })
}

const neither = { lowered: undefined, unchanged: undefined }

const limitedTo = (late: number): LimitedBranch => ({ accuracy: none, late, diverged: false })

/** Networks with accuracies about 0.4 left alone, and more by the given gains at each limit. */
function readOutOf(gains: readonly number[], networks = 20): ReadOutRun[] {
  return Array.from({ length: networks }, (_, seed) => {
    const own = 0.4 + 0.05 * Math.sin(seed)
    const limited = gains.map((gain, i) => limitedTo(own + gain + 0.02 * Math.cos(3 * seed + i)))
    return { seed, before: none, alone: limitedTo(own), limited }
  })
}

/** Twelve of 22 steps are right without any output. */
const silencedAtFirst = (run: ReadOutRun): ReadOutRun => ({
  ...run,
  limited: run.limited.with(0, limitedTo(12 / 22)),
})

/** What would support every claim. */
const ideal: Figure8Runs = {
  zone: zoneWith({}),
  rescues: rescuesOf(40, 36, 1),
  trained: trainedOf(30, 28, 1),
  readOut: readOutOf([0.3, 0.4, 0.5, 0.2]),
}

describe('the claims of figure 8', () => {
  it('are all judged, and can all be supported', () => {
    const judged = findings(ideal)
    expect(Object.keys(judged).sort()).toEqual(claims.map(({ id }) => id).sort())
    expect(new Set(Object.values(judged).map(({ verdict }) => verdict))).toEqual(new Set(['supported']))
  })

  it.each<[string, string, Partial<Figure8Runs>]>([
    [
      '5a',
      'the lowest confidence reaches less far than the next',
      { zone: zoneWith({ reach: [0.3, 0.4, 0.3, 0.2, 0.1] }) },
    ],
    ['5a', 'the decay is that of the threshold, within the speed', { zone: zoneWith({ decayError: 0.005 }) }],
    ['5b', 'half of the networks are rescued', { rescues: rescuesOf(40, 20, 0) }],
    ['5c', 'half of the networks are lost', { trained: trainedOf(30, 28, 1, 30) }],
    ['5c', 'half of the lost ones are rescued', { trained: trainedOf(30, 15, 1) }],
    ['5d', 'one limit does not help', { readOut: readOutOf([0, 0.4, 0.5, 0.2]) }],
    [
      '5d',
      'one limit silences the networks',
      { readOut: readOutOf([0.3, 0.4, 0.5, 0.2]).map(silencedAtFirst) },
    ],
  ])('%s is partly so if %s', (id, _, change) => {
    expect(findings({ ...ideal, ...change })[id]?.verdict).toBe('partly')
  })

  it.each<[string, string, Partial<Figure8Runs>]>([
    ['5a', 'the gradient decays otherwise', { zone: zoneWith({ decayError: 0.5 }) }],
    ['5a', 'the decay is no number', { zone: zoneWith({ decayError: Number.NaN }) }],
    ['5b', 'nothing is lost', { rescues: rescuesOf(0, 0, 0) }],
    ['5b', 'as many are rescued without a change', { rescues: rescuesOf(40, 36, 36) }],
    ['5b', 'few are too few to say', { rescues: rescuesOf(3, 2, 1) }],
    ['5c', 'nothing is lost', { trained: [] }],
    ['5c', 'as many are rescued without a change', { trained: trainedOf(30, 20, 18) }],
    ['5d', 'no limit helps', { readOut: readOutOf([0, 0, -0.1, 0]) }],
    ['5d', 'limits only silence the networks', { readOut: readOutOf([0.1, 0.1, 0.1, 0.1]) }],
    ['5d', 'there is no network', { readOut: [] }],
  ])('%s is not supported if %s', (id, _, change) => {
    expect(findings({ ...ideal, ...change })[id]?.verdict).toBe('not supported')
  })
})

describe('the fate of a training', () => {
  const accuracy = (...late: number[]) => ({
    accuracy: Float64Array.from([
      ...Array(100).fill(0.5),
      0.8,
      ...Array(50 - late.length).fill(0.5),
      ...late,
    ]),
  })

  it('is lost if accuracy was above one half once, and at none of the last 50 epochs', () => {
    expect(fateOf(accuracy())).toBe('lost')
    expect(fateOf(accuracy(0.51))).toBe('kept')
    expect(fateOf({ accuracy: new Float64Array(200).fill(0.5) })).toBe('never')
  })

  it('is rescued if accuracy is above one half on average over the last 50 epochs', () => {
    const gradientNorm = Float64Array.of(3, 1)
    const late = (value: number) => Float64Array.from([...Array(50).fill(0), ...Array(50).fill(value)])
    expect(branchOf({ accuracy: late(0.6), gradientNorm })).toMatchObject({ rescued: true, firstGradient: 3 })
    expect(branchOf({ accuracy: late(0.5), gradientNorm })).toMatchObject({ rescued: false, meanGradient: 2 })
  })
})

describe('the parts of figure 8', () => {
  it('share the seeds out, each to one part', () => {
    const all = Array.from({ length: 10 }, (_, group) => seedsOf(group, 10, 33)).flat()
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 33 }, (_, seed) => seed))
  })
})
