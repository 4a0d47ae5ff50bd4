import { drawFigure1, type Figure1Data } from '../figures/figure-1.js'
import { linspace } from '../numerics/spacing.js'
import { fixedPointPair, fullPassageTime, trajectory } from '../theory/saddle-node.js'
import { judge } from './claim.js'
import { defineExperiment } from './experiment.js'

/** The two sides of the saddle-node bifurcation that the paper draws. */
const ghostSide = 0.5
const fixedPointSide = -0.5

/** x from −window to +window; the passage through it takes 2 atan(window/√r)/√r of π/√r. */
const window = 1000
const timeLimit = 100

interface Parts {
  /** Simulated times to cross from −window to +window; undefined if not within the time limit. */
  passages: { ghost: number | undefined; pair: number | undefined }
}

export const figure1 = defineExperiment<Parts>({
  figure: '1',
  title: 'A ghost, and the pair of fixed points that leaves it behind',
  claims: [
    {
      id: '1a',
      statement: 'Past a saddle-node bifurcation nothing rests, yet the passage is slow: a ghost',
      expected: `x' = x² + ${ghostSide}: passage π/√r = ${fullPassageTime(ghostSide, 1).toFixed(4)}; x' = x² − 0.5: none`,
      rule: 'simulated passage within 0.5% of π/√r (main); none within 100 time units on the other side',
    },
  ],
  parts: {
    passages: async () => ({ ghost: simulatePassage(ghostSide), pair: simulatePassage(fixedPointSide) }),
  },
  conclude({ passages: { ghost, pair } }) {
    const expected = fullPassageTime(ghostSide, 1)
    const deviation = ghost === undefined ? Number.POSITIVE_INFINITY : Math.abs(ghost / expected - 1)
    const passage = ghost === undefined ? 'no passage' : `passage ${ghost.toFixed(4)}`
    const other = pair === undefined ? `none in ${timeLimit}` : `passes in ${pair.toFixed(1)}`
    return {
      findings: {
        '1a': {
          measured: `${passage}; other side: ${other}`,
          verdict: judge(deviation < 0.005, pair === undefined),
        },
      },
      settings: [{ setting: 'systems', published: "x' = x² + 0.5 and x² − 0.5", run: 'the same' }],
      draw: context => drawFigure1(portraits(), context),
    }
  },
})

/** Time from −window to +window by fourth-order Runge–Kutta, steps shortened where the flow is fast. */
function simulatePassage(r: number): number | undefined {
  const flow = (x: number) => x * x + r
  let x = -window
  let time = 0
  while (x < window) {
    const step = 0.01 / (1 + Math.abs(x))
    const k1 = flow(x)
    const k2 = flow(x + (step / 2) * k1)
    const k3 = flow(x + (step / 2) * k2)
    const k4 = flow(x + step * k3)
    x += (step / 6) * (k1 + 2 * k2 + 2 * k3 + k4)
    time += step
    if (time > timeLimit) return undefined
  }
  return time
}

function portraits(): Figure1Data {
  return { systems: [ghostSide, fixedPointSide].map(portrait) }
}

function portrait(r: number): Figure1Data['systems'][number] {
  const x = linspace(-2, 2, 201)
  const pair = fixedPointPair(r, 1)
  const starts = r > 0 ? [-2, -1, 0] : [-2, -1.2, 0, 0.6, 0.8, 1.2]
  return {
    r,
    flow: { x, velocity: x.map(at => at * at + r) },
    fixedPoints: pair
      ? [
          { x: pair.stable, stable: true },
          { x: pair.unstable, stable: false },
        ]
      : [],
    ghost: pair ? undefined : 0,
    trajectories: starts.map(start => path(r, start)),
  }
}

/** A trajectory up to where it leaves the picture. */
function path(r: number, start: number): { time: Float64Array; x: Float64Array } {
  const points = Array.from(linspace(0, 6, 601), time => ({ time, x: trajectory(time, start, r) }))
  const end = points.findIndex(({ x }) => !(Math.abs(x) <= 2.5))
  const kept = end === -1 ? points : points.slice(0, end)
  return { time: Float64Array.from(kept, p => p.time), x: Float64Array.from(kept, p => p.x) }
}
