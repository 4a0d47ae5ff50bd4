import { exponential, vectorBytes } from './vector'

/**
 * The sigmoid read-out of one trial and the derivative of its loss, for any network:
 *
 *     y = 1/(1 + E),   loss = Σ w (y − target)²,   errors = dloss/dκ = 2 w (y − target) c y(1 − y)
 *
 * with E = e^(−c(κ − θ)) from a real exponential, and y and 1 − y = E y in float64: both keep their full
 * relative accuracy where the output saturates, which a sigmoid made of tanh, or 1 − y in float32, does not.
 *
 * @param exponents −c(κ − θ), float32, `[steps]` and room for whole vectors; overwritten by E
 * @param targets, weights, outputs, errors float64, `[steps]`; the last two are written
 * @returns the loss
 */
export function readOut(
  exponents: usize,
  targets: usize,
  weights: usize,
  outputs: usize,
  errors: usize,
  steps: i32,
  confidence: f64,
): f64 {
  const end = (<usize>steps) << 2
  for (let i: usize = 0; i < end; i += vectorBytes) {
    v128.store(exponents + i, exponential(v128.load(exponents + i)))
  }
  let loss: f64 = 0
  for (let i: usize = 0; i < end; i += 4) {
    const power = <f64>f32.load(exponents + i)
    const output = 1 / (1 + power)
    const difference = output - f64.load(targets + 2 * i)
    const weighted = f64.load(weights + 2 * i) * difference
    loss += weighted * difference
    f64.store(outputs + 2 * i, output)
    f64.store(errors + 2 * i, 2 * confidence * weighted * output * (power * output))
  }
  return loss
}
