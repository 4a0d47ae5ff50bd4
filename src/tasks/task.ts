/**
 * A task is data: what goes in, what should come out, how much each error counts, and how an output is
 * scored. Every trainer computes  loss = Σ weights · (output − target)²  and nothing else of the task.
 *
 * To add one, return such an object; no trainer or kernel changes. See docs/adding-a-task-and-a-model.md.
 */
export interface Task {
  readonly kind: string
  readonly trials: number
  /** Steps of a trial. */
  readonly steps: number
  /** What goes in, `[trials, steps]`; undefined for a task without input, which an autonomous network can do. */
  readonly inputs: Float64Array | undefined
  /** What turns the read-out into the output: the sigmoid for targets 0 and 1, tanh for −1, 0 and 1. */
  readonly outputFunction: OutputFunction
  /** Targets, `[trials, steps]`. */
  readonly targets: Float64Array
  /** Weight of each squared error in the loss, `[trials, steps]`: normalisation and mask in one. */
  readonly weights: Float64Array
  /**
   * The loss of a network that gives no answer, at most which is the height of the plateau: of output 0 at every step, or, where
   * 0 is itself an answer (match to sample), of an undecided output.
   */
  readonly silentLoss: number
  /** The share of scored steps, over all trials, at which the output answers correctly. */
  accuracy(outputs: Float64Array): number
}

/** The size of a task's arrays, `[trials, steps]`. */
export type TaskShape = Pick<Task, 'trials' | 'steps'>

/** σ(z) = 1/(1 + e⁻ᶻ), or tanh(z). */
export type OutputFunction = 'sigmoid' | 'tanh'

/**
 * @param caller the task, for the message
 * @throws RangeError naming the first count that is not a positive whole number
 */
export function requireCounts(caller: string, counts: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (Number.isSafeInteger(value) && value > 0) continue
    throw new RangeError(`${caller}: ${name} must be a positive whole number, got ${value}`)
  }
}
