import { describe, expect, it } from 'vitest'
import { collapses } from '../../lab/work/collapse-search.js'
import { LossOutline } from '../../lab/work/loss-outline.js'
import { Pair } from '../../lab/work/pair.js'
import { RoundRobin, type Runner } from '../../lab/work/round-robin.js'
import { verdictOf } from '../../lab/work/seed-run.js'
import { Trace } from '../../lab/work/trace.js'
import { EventDetector } from '../../src/training/events.js'
import { ofRank, rankOne, wholeTraining } from './remedies-library.js'

/** Counts epochs, and how far it was ever ahead of the others. */
class Counter implements Runner {
  epoch = 0
  lead = 0

  constructor(
    private readonly all: Counter[],
    private readonly last: number,
  ) {}

  get ended(): boolean {
    return this.epoch >= this.last
  }

  advance(epochs: number): void {
    this.epoch = Math.min(this.last, this.epoch + epochs)
    const running = this.all.filter(other => !other.ended || other === this)
    this.lead = Math.max(this.lead, this.epoch - Math.min(...running.map(({ epoch }) => epoch)))
  }
}

/** A round robin of counters; `rests` resolves once nothing is left to do. */
function counters(lasts: readonly number[], atOnce = 8) {
  const runs: Counter[] = []
  for (const last of lasts) runs.push(new Counter(runs, last))
  let rested = () => {}
  const robin = new RoundRobin({
    runs: () => runs,
    report: () => {
      if (robin.settled) rested()
    },
    reportInterval: 1,
    atOnce,
  })
  const rests = () => new Promise<void>(resolve => (rested = resolve))
  return { runs, robin, rests }
}

const epochsOf = (runs: readonly Runner[]) => runs.map(({ epoch }) => epoch)

describe('trainings in turn', () => {
  it('are never further apart than one goes at a time, and end where each has to', async () => {
    const { runs, robin, rests } = counters([1000, 50, 1000])
    const rest = rests()
    robin.begin(0, { playing: true, speed: Number.POSITIVE_INFINITY })
    await rest
    expect(epochsOf(runs)).toEqual([1000, 50, 1000])
    for (const { lead } of runs) expect(lead).toBeLessThanOrEqual(8)
  })

  it('come to rest at one epoch: at the goal, after steps, after a pause', async () => {
    const { runs, robin, rests } = counters([1e9, 1e9, 1e9])
    let rest = rests()
    robin.begin(123, { playing: false, speed: 100 })
    await rest
    expect(epochsOf(runs)).toEqual([123, 123, 123])
    rest = rests()
    robin.step(100)
    await rest
    expect(epochsOf(runs)).toEqual([223, 223, 223])
    robin.setPace({ playing: true, speed: Number.POSITIVE_INFINITY })
    await new Promise(resolve => setTimeout(resolve, 40))
    rest = rests()
    robin.setPace({ playing: false, speed: 100 })
    await rest
    expect(new Set(epochsOf(runs)).size).toBe(1)
    expect(runs[0]!.epoch).toBeGreaterThan(223)
  })
})

describe('an outline of a loss curve', () => {
  it('keeps the lowest and the highest loss of every stretch, and the last of all', () => {
    const outline = new LossOutline(100, 4)
    const losses = Array.from({ length: 60 }, (_, epoch) => (epoch === 7 ? 9 : epoch === 30 ? -9 : epoch % 3))
    for (const [epoch, loss] of losses.entries()) outline.observe(epoch, loss)
    const points = [...outline.points]
    const epochs = points.filter((_, i) => i % 2 === 0)
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
    for (const [epoch, loss] of [
      [0, 0],
      [7, 9],
      [30, -9],
      [59, 59 % 3],
    ]) {
      expect(points[2 * epochs.indexOf(epoch!) + 1]).toBe(loss)
    }
    expect(points.length).toBeLessThanOrEqual(2 * (2 * 4 + 1))
  })
})

describe('a trace', () => {
  it('holds every epoch, from whichever it begins at', () => {
    const trace = new Trace()
    for (let firstEpoch = 10; firstEpoch < 1000; firstEpoch += 90) {
      const column = Float64Array.from({ length: 90 }, (_, i) => (firstEpoch + i) / 7)
      trace.push({ firstEpoch, loss: column, gradientNorm: column, accuracy: column })
    }
    const { epoch, loss } = trace.history
    expect(epoch.length).toBe(990)
    expect(loss).toEqual(epoch.map(at => at / 7))
    expect(trace.at(500)?.loss).toBe(500 / 7)
    expect([trace.at(9), trace.at(1000)]).toEqual([undefined, undefined])
  })
})

describe('a pair', () => {
  it('has its second twin from the first collapse on, in the state of the first', async () => {
    const settings = rankOne(1, 0.02, 3300)
    const plain = await wholeTraining(settings)
    const pair = await Pair.create({ kind: 'confidence', settings, confidence: 0.5 })
    pair.twins[0]!.advance(plain.firstCollapse!)
    expect(pair.twins).toHaveLength(1)
    pair.twins[0]!.advance(1)
    expect(pair.twins.map(({ epoch }) => epoch)).toEqual(Array(2).fill(plain.firstCollapse! + 1))
    const [first, second] = pair.twins.map(twin => twin.lookAt(plain.firstCollapse!))
    expect(second).toEqual(first)
  })

  it('is seen with the outputs that make its loss', async () => {
    const pair = await Pair.create({ kind: 'two', settings: [ofRank(1, 3, 0.1, 60), rankOne(5, 0.1, 60)] })
    for (const twin of pair.twins) {
      twin.advance(60)
      const { outputs, row } = twin.lookAt(40)
      const loss = outputs.reduce((sum, output, i) => sum + (output - (i < 20 ? 0 : 1)) ** 2 / 20, 0)
      // The kernels' loss is of single precision, the outputs are of double.
      expect(loss).toBeCloseTo(row!.loss, 5)
    }
  })

  it('of two ranks goes through the losses of two trainings', async () => {
    const settings = [ofRank(1, 3, 0.1, 60), ofRank(2, 3, 0.1, 60)] as const
    const pair = await Pair.create({ kind: 'two', settings })
    for (const [i, twin] of pair.twins.entries()) {
      twin.advance(60)
      const { stretch } = twin.report()
      expect(stretch.loss).toEqual((await wholeTraining(settings[i]!)).loss)
    }
  })
})

describe('a search for a collapse', () => {
  it('finds one that is undone later, as the events of a training no longer do', async () => {
    const settings = rankOne(11, 0.02, 6000)
    const { events, firstCollapse } = await wholeTraining(settings)
    expect([events.collapse, firstCollapse]).toEqual([undefined, expect.any(Number)])
    expect(await collapses(settings, () => true)).toBe(true)
  })

  it('finds none where nothing is learned, and gives up when it is no longer wanted', async () => {
    expect(await collapses(rankOne(0, 0.02, 1500), () => true)).toBe(false)
    expect(await collapses(rankOne(0, 0.02, 1500), () => false)).toBeUndefined()
  })
})

describe('a verdict', () => {
  const fateAfter = (...losses: number[]) => {
    const detector = new EventDetector(1)
    detector.observe({ firstEpoch: 0, loss: Float64Array.from(losses) })
    return verdictOf(detector.events, { diverged: false, lowered: false })
  }

  it('follows from the falls and collapses of the loss', () => {
    expect(fateAfter(1, 0.9, 0.8)).toBe('not yet')
    expect(fateAfter(1, 0.4)).toBe('learned')
    expect(fateAfter(1, 0.4, 0.6)).toBe('learned')
    expect(fateAfter(1, 0.4, 0.99)).toBe('lost')
    expect(fateAfter(1, 0.4, 0.99, 0.4)).toBe('learned')
  })
})
