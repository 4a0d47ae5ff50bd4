/**
 * A task is data: what goes in, what should come out, how much each error counts, and how an output is
 * scored. Every trainer computes  loss = Σ weights · (output − target)²  and nothing else of the task.
 *
 * To add one, return such an object; no trainer or kernel changes. See CONTRIBUTING.md.
 */
export interface Task {
  readonly kind: string
  readonly trials: number
  /** Steps of a trial. */
  readonly steps: number
  /** Targets, `[trials, steps]`. */
  readonly targets: Float64Array
  /** Weight of each squared error in the loss, `[trials, steps]`: normalisation and mask in one. */
  readonly weights: Float64Array
  /** The loss of a network that answers nothing: Σ weights · target². The height of the plateau. */
  readonly silentLoss: number
  /** The share of scored steps, over all trials, at which the output answers correctly. */
  accuracy(outputs: Float64Array): number
}
