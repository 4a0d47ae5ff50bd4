import { exponential, flush, tanh, vectorBytes } from './vector'

/**
 * Outputs, loss and its derivative, for a block of trials of any network:
 *
 *     y = σ(z) or tanh(z),   loss = Σ w (y − target)²,   errors = dloss/dz = 2 w (y − target) y'(z)
 *
 * Where an output saturates, y − target and y' must keep their relative accuracy, or small gradients are wrong
 * by 1e-3. So both come from a real exponential E, and what is left of it is done in float64:
 *
 *     σ:    E = e^−z,      y = 1/(1 + E),                  y' = E y²
 *     tanh: E = e^−2|z|,   y = ±(1 − E)/(1 + E),           y' = 4E/(1 + E)²
 *
 * 1 − E loses the relative accuracy of a small tanh, so there y is the rational of vector.ts instead.
 */

/** Below this |z| tanh is taken from the rational. */
const smallTanh: f32 = 0.5

/**
 * @param z float32, `[steps, trials]`, and room for whole vectors; overwritten
 * @param powers room for as many
 * @param errors float32, `[steps, trials]`; written
 * @param targets, weights, outputs float64, `[trials, steps]`; the last is written
 * @returns the loss
 */
export function readOut(
  tanhOutput: bool,
  z: usize,
  powers: usize,
  errors: usize,
  targets: usize,
  weights: usize,
  outputs: usize,
  trials: usize,
  steps: usize,
): f64 {
  raisePowers(tanhOutput, z, powers, (trials * steps) << 2)
  let loss: f64 = 0
  for (let trial: usize = 0; trial < trials; trial++) {
    for (let t: usize = 0; t < steps; t++) {
      const sample = (t * trials + trial) << 2
      const entry = (trial * steps + t) << 3
      const power = <f64>f32.load(powers + sample)
      const state = f32.load(z + sample)
      const inverse = 1 / (1 + power)
      let output = inverse
      let slope = power * inverse * inverse
      if (tanhOutput) {
        slope *= 4
        output = abs(state) < smallTanh ? <f64>state : copysign((1 - power) * inverse, <f64>state)
      }
      const difference = output - f64.load(targets + entry)
      const weighted = f64.load(weights + entry) * difference
      loss += weighted * difference
      f64.store(outputs + entry, output)
      f32.store(errors + sample, <f32>flush(2 * weighted * slope))
    }
  }
  return loss
}

/** E into `powers`; and, for tanh, where |z| is small, tanh(z) into its place. */
function raisePowers(tanhOutput: bool, z: usize, powers: usize, bytes: usize): void {
  if (!tanhOutput) {
    for (let i: usize = 0; i < bytes; i += vectorBytes) {
      v128.store(powers + i, exponential(f32x4.neg(v128.load(z + i))))
    }
    return
  }
  const limit = f32x4.splat(smallTanh)
  for (let i: usize = 0; i < bytes; i += vectorBytes) {
    const value = v128.load(z + i)
    const size = f32x4.abs(value)
    v128.store(powers + i, exponential(f32x4.mul(size, f32x4.splat(-2))))
    v128.store(z + i, v128.bitselect(tanh(value), value, f32x4.lt(size, limit)))
  }
}
