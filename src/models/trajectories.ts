import type { NamedArrays } from './named-arrays.js'

/** States that a network has passed, trial by trial. */
export interface Trajectories {
  /** The array they come from. */
  readonly name: string
  /** `[trials][steps]`, each state `[N]`. */
  readonly trials: readonly (readonly Float64Array[])[]
}

/**
 * Reads trajectories `[steps, N]` or `[trials, steps, N]`.
 * @param name of the array; unless given, the only one of such a shape
 * @throws InputError if there is none, or several; if the shape is another, or a value not finite
 */
export function readTrajectories(
  arrays: NamedArrays,
  neurons: number,
  name = onlyFitting(arrays, neurons),
): Trajectories {
  const shape = arrays.shapeOf(name)
  if (!fits(shape, neurons)) throw arrays.wrongShape(name, accepted(neurons))
  const values = arrays.values(name)
  const [trials, steps] = shape.length === 3 ? [shape[0]!, shape[1]!] : [1, shape[0]!]
  const state = (index: number) => values.subarray(index * neurons, (index + 1) * neurons)
  return {
    name,
    trials: Array.from({ length: trials }, (_, trial) =>
      Array.from({ length: steps }, (_, step) => state(trial * steps + step)),
    ),
  }
}

const accepted = (neurons: number) => `(steps, ${neurons}) or (trials, steps, ${neurons}), not empty`

function fits(shape: readonly number[], neurons: number): boolean {
  return (shape.length === 2 || shape.length === 3) && shape.at(-1) === neurons && !shape.includes(0)
}

function onlyFitting(arrays: NamedArrays, neurons: number): string {
  const fitting = arrays.all.filter(({ shape }) => fits(shape, neurons)).map(({ name }) => name)
  if (fitting.length === 1) return fitting[0]!
  const problem = fitting.length === 0 ? 'holds no trajectories' : `may hold ${fitting.length} trajectories`
  throw arrays.missing(problem, `${accepted(neurons)}, named by --states`)
}
