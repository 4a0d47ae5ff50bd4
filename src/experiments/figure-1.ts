import { drawFigure1, type Figure1Data } from '../figures/figure-1.js'
import { linspace } from '../numerics/spacing.js'
import { fixedPointPair, fullPassageTime, trajectory } from '../theory/saddle-node.js'
import { judge } from './claim.js'
import { defineExperiment } from './experiment.js'
import { fixedPointSide, ghostSide, type Passages, parts, timeLimit } from './figure-1/parts.js'

export const figure1 = defineExperiment<{ passages: Passages }>({
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
  parts,
  conclude({ passages: { ghost, pair } }) {
    const expected = fullPassageTime(ghostSide, 1)
    const deviation = ghost === undefined ? Number.POSITIVE_INFINITY : Math.abs(ghost / expected - 1)
    const passage = ghost === undefined ? 'no passage' : `passage takes ${ghost.toFixed(4)}`
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
