import { beforeAll, describe, expect, it } from 'vitest'
import { ghostLife } from '../../src/dynamics/ghost-life.js'
import { followLatentFlow, type LatentLife } from '../../src/dynamics/latent-life.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import { EventDetector } from '../../src/training/events.js'

const model = { kind: 'rank-one', neurons: 100, leak: 0.5 } as const
const none = Number.NaN

/** Looks by hand: number of fixed points, number of slow points, dwell time of the ghost. */
function looksOf(rows: readonly (readonly [number, number, number])[]): LatentLife {
  const column = (i: 0 | 1 | 2) => Float64Array.from(rows, row => row[i])
  const epoch = Float64Array.from(rows, (_, i) => 10 * i)
  const unused = new Float64Array(rows.length)
  return {
    epoch,
    loss: unused,
    fixedPoints: column(0),
    slowPoints: column(1),
    start: unused,
    ghostKappa: unused,
    ghostSpeed: unused,
    ghostCurvature: unused,
    ghostDwell: column(2),
    uncertain: [],
    kept: [],
  }
}

describe('the life of a ghost', () => {
  it('has spells that begin and end with what takes its place', () => {
    const life = ghostLife(
      looksOf([
        [1, 0, none],
        [1, 1, 30],
        [1, 1, 20],
        [1, 1, none],
        [1, 1, 25],
        [3, 0, none],
        [1, 1, 40],
      ]),
    )
    expect(life.spells).toEqual([
      { from: 10, to: 20, before: 'no slow point', after: 'not on the way', dwell: [20, 30] },
      { from: 40, to: 40, before: 'not on the way', after: 'fixed points', dwell: [25, 25] },
      { from: 60, to: 60, before: 'fixed points', after: 'end of the looks', dwell: [40, 40] },
    ])
    expect(life).toMatchObject({ first: 10, forGood: 60 })
  })

  it('names every change of the number of fixed points', () => {
    const { bifurcations } = ghostLife(
      looksOf([
        [1, 1, 30],
        [3, 0, none],
        [3, 0, none],
        [1, 1, 30],
      ]),
    )
    expect(bifurcations).toEqual([
      { epoch: 10, after: 0, from: 1, to: 3 },
      { epoch: 30, after: 20, from: 3, to: 1 },
    ])
  })

  it('leads the falls by their epochs less that of the first ghost', () => {
    const looks = looksOf([
      [1, 0, none],
      [1, 1, 30],
    ])
    expect(ghostLife(looks, { firstFall: 15, secondFall: undefined }).lead).toEqual({
      firstFall: 5,
      secondFall: undefined,
    })
    expect(ghostLife(looks).lead).toEqual({ firstFall: undefined, secondFall: undefined })
  })

  it('is empty where there never was one', () => {
    expect(ghostLife(looksOf([[1, 0, none]]))).toMatchObject({
      spells: [],
      first: undefined,
      forGood: undefined,
    })
  })
})

describe('the life of the ghost of seed 40', () => {
  it('never begins at rate 0.02: a pair of fixed points is born at the collapse, the one bifurcation', async () => {
    const trainer = await createTrainer({
      model,
      task: { kind: 'delayed-activation' },
      optimizer: { kind: 'sgd', rate: 0.02 },
      seed: 40,
      epochs: 6000,
    })
    const detector = new EventDetector(1)
    detector.observe(trainer.advance(4900))
    const life = await followLatentFlow(trainer, {
      model,
      until: 5400,
      every: 1,
      onStretch: stretch => detector.observe(stretch),
    })
    expect(life.uncertain).toEqual([])
    const { bifurcations, first } = ghostLife(life)
    expect(first).toBeUndefined()
    expect(bifurcations).toHaveLength(1)
    const { epoch, after, from, to } = bifurcations[0]!
    expect([from, to]).toEqual([1, 3])
    expect(after).toBe(epoch - 1)
    // The loss of an epoch is measured before its update: it may see the change one epoch later.
    expect(Math.abs(epoch - detector.events.collapse!)).toBeLessThanOrEqual(1)
  })

  describe('at rate 0.003', () => {
    let life: LatentLife
    const detector = new EventDetector(1)
    beforeAll(async () => {
      const trainer = await createTrainer({
        model,
        task: { kind: 'delayed-activation' },
        optimizer: { kind: 'sgd', rate: 0.003 },
        seed: 40,
        epochs: 40_500,
      })
      detector.observe(trainer.advance(33_500))
      life = await followLatentFlow(trainer, {
        model,
        until: 40_500,
        every: 1,
        onStretch: stretch => detector.observe(stretch),
      })
    })

    it('begins after the falls, without any bifurcation', () => {
      const { first, bifurcations, lead, spells } = ghostLife(life, detector.events)
      expect(bifurcations).toEqual([])
      expect(life.uncertain).toEqual([])
      expect(first).toBeGreaterThan(detector.events.secondFall!)
      expect(lead.firstFall).toBe(detector.events.firstFall! - first!)
      expect(spells[0]!.before).toBe('no slow point')
    })

    it('comes and goes with the start of the state, until it is there for good', () => {
      const { first, forGood, spells } = ghostLife(life)
      expect(spells.length).toBeGreaterThan(1)
      expect(forGood).toBeGreaterThan(first!)
      for (const { after, to } of spells) {
        if (to < life.epoch.at(-1)!) expect(after).toBe('not on the way')
        else expect(after).toBe('end of the looks')
      }
      life.ghostKappa.forEach((kappa, i) => {
        if (!Number.isNaN(kappa)) expect(kappa).toBeGreaterThan(life.start[i]!)
      })
    })
  })
})
