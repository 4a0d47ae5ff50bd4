import fc from 'fast-check'
import type { RankOneModel } from '../../src/models/rank-one.js'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'
import type { Task } from '../../src/tasks/task.js'

/** A network, a task and parameters that are exact in float32. */
export interface RankOneCase {
  readonly model: RankOneModel
  readonly task: Task
  readonly confidence: number
  readonly parameters: Float64Array
}

/** What scales m, n and b: each entry is that times a number from −1 to 1, n's then divided by N. */
export interface Scales {
  readonly m: number
  readonly n: number
  readonly b: number
}

const powerOfTen = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true }).map(exponent => 10 ** exponent)

/** Scales, each log-uniform between two powers of ten. */
export const scales = (low: number, high: number): fc.Arbitrary<Scales> =>
  fc.record({ m: powerOfTen(low, high), n: powerOfTen(low, high), b: powerOfTen(low, high) })

/** Random shapes, leaks (1 among them), weights and targets, at parameters of the given scales. */
export function rankOneCases(scalesOf: fc.Arbitrary<Scales>): fc.Arbitrary<RankOneCase> {
  return fc
    .record({
      neurons: fc.integer({ min: 1, max: 70 }),
      leak: fc.oneof(fc.constant(1), fc.double({ min: 0.05, max: 1, noNaN: true })),
      task: tasks,
      confidence: powerOfTen(-1, 1.3),
      scale: scalesOf,
      seed: fc.integer({ min: 1, max: 1e6 }),
    })
    .map(({ neurons, leak, task, confidence, scale, seed }) => ({
      model: { neurons, leak },
      task,
      confidence,
      parameters: randomParameters(neurons, scale, seed),
    }))
}

const tasks: fc.Arbitrary<Task> = fc.oneof(
  fc
    .record({ delay: fc.integer({ min: 1, max: 20 }), response: fc.integer({ min: 1, max: 20 }) })
    .map(delayedActivation),
  fc
    .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 12,
    })
    .map(tracking),
)

/** Follow any targets, with any weights, some of them zero. */
function tracking(pairs: readonly (readonly [target: number, weight: number])[]): Task {
  const targets = Float64Array.from(pairs, ([target]) => target)
  const weights = Float64Array.from(pairs, ([, weight]) => weight)
  return {
    kind: 'tracking',
    trials: 1,
    steps: pairs.length,
    inputs: undefined,
    outputFunction: 'sigmoid',
    targets,
    weights,
    silentLoss: pairs.reduce((sum, [target, weight]) => sum + weight * target ** 2, 0),
    accuracy: outputs =>
      outputs.filter((output, t) => Math.abs(output - targets[t]!) < 0.1).length / pairs.length,
  }
}

/** m, n and b of the given scales, rounded to float32. */
export function randomParameters(neurons: number, scale: Scales, seed: number): Float64Array {
  const next = uniforms(seed)
  const of = [scale.m, scale.n / neurons, scale.b]
  return Float64Array.from({ length: 3 * neurons }, (_, i) => {
    return Math.fround(of[Math.floor(i / neurons)]! * (2 * next() - 1))
  })
}

/** Uniform numbers in [0, 1). Source: mulberry32. */
function uniforms(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let word = Math.imul(state ^ (state >>> 15), 1 | state)
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32
  }
}
