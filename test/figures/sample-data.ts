import type { Figure1Data, Figure1System } from '../../src/figures/figure-1.js'
import type { Figure2Data } from '../../src/figures/figure-2/data.js'
import type { Figure3Data, SeedsPicture, TrainingPicture } from '../../src/figures/figure-3/data.js'
import type { FigureContext } from '../../src/figures/svg.js'
import { pageTheme, printTheme } from '../../src/figures/theme.js'
import { createDocument } from '../../src/report/document.js'

/** Data to draw in tests: closed forms where there are any, else shapes that are made up. */

export const onPaper = (): FigureContext => ({ document: createDocument(), theme: printTheme })
export const onPage = (): FigureContext => ({ document: createDocument(), theme: pageTheme })

/** Figure 1 in closed form: x(t) of x' = x² + r for both signs of r. */
export function closedFormFigure1(): Figure1Data {
  return { systems: [systemAt(0.5), systemAt(-0.5)] }
}

function systemAt(r: number): Figure1System {
  const x = grid(-2, 2, 201)
  const root = Math.sqrt(Math.abs(r))
  const time = grid(0, 6, 601)
  const pair = [
    { x: -root, stable: true },
    { x: root, stable: false },
  ]
  return {
    r,
    flow: { x, velocity: x.map(at => at * at + r) },
    fixedPoints: r < 0 ? pair : [],
    ghost: r > 0 ? 0 : undefined,
    trajectories: [-2, -1.2, -0.4, 0.3, 0.65, 0.78].map(start => ({
      time,
      x: time.map(t => (r > 0 ? passage(start, root, t) : approach(start, root, t))),
    })),
  }
}

/** √r·tan(√r·t + atan(x0/√r)), infinite after the blow-up. */
function passage(start: number, root: number, time: number): number {
  const phase = root * time + Math.atan(start / root)
  return phase < Math.PI / 2 ? root * Math.tan(phase) : Infinity
}

/** x' = x² − p², solved by (x − p)/(x + p) = C·exp(2pt); infinite after the blow-up. */
function approach(start: number, p: number, time: number): number {
  const ratio = ((start - p) / (start + p)) * Math.exp(2 * p * time)
  return start > p && ratio >= 1 ? Infinity : (p * (1 + ratio)) / (1 - ratio)
}

/** Figure 2 at T = 100: closed forms, except for the sweep and the finite confidences, which are made up. */
export function partlyMadeUpFigure2(): Figure2Data {
  const optimum = (Math.PI / 200) ** 2
  const loss = (r: number) => (r <= optimum / 4 ? 1 : Math.abs(1 - Math.sqrt(optimum / r)))
  const r = grid(-optimum, 2 * optimum, 100)
  const rate = grid(-11, -8, 60).map(exponent => 10 ** exponent)
  const descent = (rateOf: number, lost: boolean) => {
    const path = grid(0, 3000, 3001).map(epoch => {
      if (lost && epoch > 200) return 0.245 * optimum
      const power = 10 ** 2.5 * optimum ** 2.5 - (5 * Math.PI * rateOf * epoch) / 8
      return Math.max(power, 0) ** 0.4 || optimum * (1 + 0.08 * Math.sin(epoch))
    })
    return { rate: rateOf, r: path, loss: path.map(loss) }
  }
  return {
    delay: 100,
    optimum,
    zoneEdge: optimum / 4,
    criticalRate: 9.1321e-10,
    landscape: {
      r,
      curves: [
        { label: 'closed form', loss: r.map(loss) },
        { label: 'a = 0.1', loss: r.map(at => 0.08 + 0.5 * loss(at)) },
        { label: 'a = 1', loss: r.map(at => loss(at) + 0.003) },
      ],
    },
    descents: [descent(1e-10, false), descent(1e-9, true)],
    sweep: [1000, 2000, 3000, 5000, 10_000].map(epoch => ({
      epoch,
      rate,
      mean: rate.map(at => (at > 9.1321e-10 ? 1 : at * epoch > 1.5e-7 ? 0.1 : 0.68)),
      standardError: rate.map(() => 0.02),
    })),
    scaling: [
      law('normalised', -4, (3 * Math.PI ** 4) / 32),
      law('un-normalised', -5, (3 * Math.PI ** 4) / 32),
    ],
  }
}

function law(normalisation: 'normalised' | 'un-normalised', exponent: number, factor: number) {
  const delay = Float64Array.of(25, 50, 100, 200)
  const predicted = delay.map(at => factor * at ** exponent)
  return { normalisation, delay, predicted, measured: predicted, exponent }
}

/** Figure 3 with made-up shapes: a slow run that learns, a fast one that collapses, six copies. */
export function madeUpFigure3(): Figure3Data {
  const slow = madeUpTraining({ rate: 0.003, epochs: 500_000, fall: 33_637, collapse: undefined })
  const fast = madeUpTraining({ rate: 0.02, epochs: 6000, fall: 5051, collapse: 5203 })
  return {
    slow,
    fast,
    copies: {
      collapse: [5125, undefined, 5321, 5130, undefined, 5203],
      finalLoss: [1, 0.03, 1, 1, 0.05, 1],
    },
    seeds: madeUpSeeds(),
  }
}

/** Eight seeds of which seven learn, each 100 epochs before its ghost, but for one whose ghost comes first. */
function madeUpSeeds(): SeedsPicture {
  const learned = [...grid(20_000, 50_000, 7)].map((firstFall, i) => {
    const secondFall = firstFall + 150 + 40 * i
    return { firstFall, secondFall, firstGhost: i === 3 ? firstFall - 60 : secondFall + 100 }
  })
  return {
    rates: { slow: 0.003, fast: 0.02 },
    trained: 8,
    learned,
    shares: [
      { rate: 'slow', label: 'learned without a bifurcation', count: 7, total: 7, colour: 'measurement' },
      { rate: 'slow', label: 'ghost before the first fall', count: 1, total: 7, colour: 'ghost' },
      { rate: 'fast', label: 'learning lost', count: 18, total: 24, colour: 'lost' },
    ],
  }
}

interface MadeUp {
  readonly rate: number
  readonly epochs: number
  readonly fall: number
  readonly collapse: number | undefined
}

function madeUpTraining({ rate, epochs, fall, collapse }: MadeUp): TrainingPicture {
  const lossAt = (epoch: number) => {
    if (collapse !== undefined && epoch >= collapse) return 1
    return epoch < fall ? 1 : 0.3 / (1 + (epoch - fall) / 100)
  }
  const historyOf = (epoch: Float64Array) => ({
    epoch,
    loss: epoch.map(lossAt),
    gradientNorm: epoch.map(at => 4 * lossAt(at) * (1 - lossAt(at))),
    accuracy: epoch.map(at => 1 - lossAt(at) / 2),
  })
  const life = grid(0, epochs, 501)
  return {
    rate,
    epochs,
    history: historyOf(grid(0, Math.log10(epochs), 900).map(exponent => Math.round(10 ** exponent))),
    events: {
      firstFall: fall,
      secondFall: fall + 151,
      collapse,
      recoveries: 0,
      lowest: { epoch: epochs - 1, loss: 0.0002 },
    },
    closeUp: collapse === undefined ? undefined : [5000, 5300],
    closeUpHistory: collapse === undefined ? undefined : historyOf(grid(5000, 5300, 301)),
    flows: [1, 0.4 * epochs, epochs - 1].map((epoch, i) => madeUpFlow(epoch, i)),
    life: {
      epoch: life,
      fixedPoints: life.map(at => (collapse !== undefined && at > collapse ? 3 : 1)),
      ghostDwell: life.map(at => (collapse === undefined && at > fall ? 30 + 1e6 / at : Number.NaN)),
    },
  }
}

/** 0: −κ; 1: a ghost at −1 before a stable point at 3; 2: an unstable point at −1. */
function madeUpFlow(epoch: number, shape: number): TrainingPicture['flows'][number] {
  const kappa = grid(-4, 4, 321)
  const shapes = [
    (at: number) => -at,
    (at: number) => 0.25 + 0.1 * (at + 1) ** 2 - 0.0037 * (at + 1) ** 4 * at * 0.6,
    (at: number) => 0.3 * (at + 1),
  ]
  const points = [[{ x: 0, stable: true }], [{ x: 3, stable: true }], [{ x: -1, stable: false }]]
  return {
    epoch,
    kappa,
    flow: kappa.map(shapes[shape]!),
    start: [-0.3, -3, -1.7][shape]!,
    fixedPoints: points[shape]!,
    ghost: shape === 1 ? { kappa: -1, speed: 0.25, dwellSteps: 40 } : undefined,
  }
}

export function grid(first: number, last: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1))
}
