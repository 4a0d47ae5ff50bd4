import { createFlow } from '../../src/dynamics/create-flow.js'
import { flowMap } from '../../src/dynamics/flow-map.js'
import { findSlowPoints } from '../../src/dynamics/slow-points.js'
import type { RankTwoData } from '../../src/figures/figure-4.js'
import type { FullRankData, Place3D } from '../../src/figures/figure-5/data.js'
import type { MemoryTrainingData } from '../../src/figures/memory/data.js'
import { wilsonInterval } from '../../src/numerics/statistics.js'
import { grid } from './sample-data.js'

/** A made-up training of a working-memory task that falls at epoch 1200. */
export function madeUpTraining(name: string): MemoryTrainingData {
  const epoch = grid(0, 4, 300).map(exponent => Math.round(10 ** exponent))
  const loss = epoch.map(at => (at < 1200 ? 0.4 : 0.02))
  return {
    name,
    optimizer: 'SGD 0.01',
    seed: 3,
    epochs: 10_001,
    history: {
      epoch,
      loss,
      gradientNorm: loss.map(value => 1 - value),
      accuracy: loss.map(value => 1 - value),
    },
    events: { firstFall: 1200, secondFall: 1500, collapse: undefined, recoveries: 0, lowest: undefined },
    others: [{ epoch, loss: loss.map(value => 2 * value) }],
    stages: [0, 0.3, 0.9, 1.5].map((stage, i) => ({
      stage,
      ghost: wilsonInterval(i, 5),
      bistable: wilsonInterval(5 - i, 5),
    })),
    learning: { seeds: 5, of: 8 },
  }
}

/** x' = r + x², y' = −y with a ghost at 0. */
const flow = createFlow({ dimension: 2, velocity: ([x, y]) => [0.01 + x! ** 2, -y!] })

export function madeUpRankTwo(name: string): RankTwoData {
  const states = [-0.4, -0.2, 0, 0.2, 0.5].map(x => Float64Array.of(x, 0.3 * x))
  const { points } = findSlowPoints(flow, states)
  const map = flowMap(flow, { slowPoints: points, paths: [{ name: 'cue +', states }], gridPoints: 9 })
  const output = grid(0, 1, 10)
  const shown = {
    classes: [{ name: 'cue +', output, target: output.map(Math.round) }],
    cues: [[0, 2]] as const,
  }
  return {
    ...madeUpTraining(name),
    maps: [800, 10_000].map(epoch => ({ title: `Epoch ${epoch}`, map })),
    outputs: [800, 10_000].map(epoch => ({ ...shown, epoch, reaction: [6, 10] as const })),
  }
}

export function madeUpFullRank(name: string): FullRankData {
  const places = Array.from(grid(0, 3, 12), (t): Place3D => [0.8 * Math.cos(t), 0.8 * Math.sin(t), 0.1 * t])
  const point = { kind: 'fixed point', stable: true, index: 0, speed: 0, dwell: undefined } as const
  const ghost = { kind: 'ghost', stable: true, index: 0, speed: 0.01, dwell: 31.4 } as const
  return {
    ...madeUpTraining(name),
    views: [10, 1000].map(epoch => ({
      epoch,
      shares: [0.6, 0.3, 0.05],
      unit: 4,
      paths: [{ name: 'cue +', places, speed: grid(0.01, 1, 12) }],
      points: [
        { ...point, at: places[0]! },
        { ...ghost, at: places[7]! },
      ],
      far: 1,
    })),
    spectra: [10, 1000].map(epoch => ({
      title: `${epoch}: fixed point`,
      real: grid(-1.5, -0.1, 20),
      imaginary: grid(-0.5, 0.5, 20),
      step: 0.5,
    })),
  }
}
