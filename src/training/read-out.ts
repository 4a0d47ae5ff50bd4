import type { OutputFunction, Task } from '../tasks/task.js'

/** y = φ(z). */
export function outputOf(outputFunction: OutputFunction, z: number): number {
  return outputFunction === 'tanh' ? Math.tanh(z) : 1 / (1 + Math.exp(-z))
}

/** φ′(z) as a function of y = φ(z): y(1 − y), or 1 − y². */
export function outputSlope(outputFunction: OutputFunction, y: number): number {
  return outputFunction === 'tanh' ? 1 - y * y : y * (1 - y)
}

/** One output's share of the loss, and its derivative by the read-out z before the output function. */
export function outputLoss(
  { weights, targets, outputFunction }: Task,
  index: number,
  output: number,
): { readonly loss: number; readonly slope: number } {
  const weight = weights[index]!
  const error = output - targets[index]!
  return { loss: weight * error * error, slope: 2 * weight * error * outputSlope(outputFunction, output) }
}
