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
  /** Evaluates at `parameters` and writes the gradient into `gradient`, both `[size]`. */
  evaluate(parameters: Float64Array, gradient: Float64Array): Evaluation
}
