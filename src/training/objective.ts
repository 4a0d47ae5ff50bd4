/** What one epoch measures at given parameters, before the update. */
export interface Evaluation {
  readonly loss: number
  /** Share of scored steps answered correctly. */
  readonly accuracy: number
}

/** A model on a task: loss and gradient as functions of a flat parameter vector. */
export interface Objective {
  /** Number of parameters. */
  readonly size: number
  /** Outputs of the last evaluation, `[trials, steps]`. */
  readonly outputs: Float64Array
  /**
   * Evaluates at `parameters` and writes the gradient into `gradient`, both `[size]`.
   * @param epoch whose initial states and noise are drawn, where the model has any; 0 unless given
   */
  evaluate(parameters: Float64Array, gradient: Float64Array, epoch?: number): Evaluation
}
