/**
 * Brute-force gradient descent on the toy's un-normalised loss |T − π/(2√r)|, written out for the tests:
 * r ← r ∓ α·π/(4·r^{3/2}) down from above the optimum, up from below, and no update in the no-learning zone.
 */
export interface ToyDescent {
  readonly delay: number
  readonly response: number
  /** On the un-normalised loss. */
  readonly learningRate: number
}

/** The function that takes one step. A step past r = 0 has landed in the zone, and stays there. */
export function descentStep({ delay, response, learningRate }: ToyDescent): (r: number) => number {
  const best = Math.PI ** 2 / (4 * delay ** 2)
  const edge = Math.PI ** 2 / (4 * (delay + response) ** 2)
  return r => {
    if (r <= edge) return r
    const size = (learningRate * Math.PI) / (4 * r ** 1.5)
    return r > best ? r - size : r + size
  }
}

/** r before the first and after each of `epochs` steps, `[epochs + 1]`. */
export function descend(descent: ToyDescent, start: number, epochs: number): Float64Array {
  const step = descentStep(descent)
  const path = new Float64Array(epochs + 1)
  path[0] = start
  for (let epoch = 0; epoch < epochs; epoch++) path[epoch + 1] = step(path[epoch]!)
  return path
}

/** How many of the starts end in the no-learning zone within `epochs` steps. */
export function countLost(descent: ToyDescent, starts: readonly number[], epochs: number): number {
  const edge = Math.PI ** 2 / (4 * (descent.delay + descent.response) ** 2)
  return starts.filter(start => descend(descent, start, epochs)[epochs]! <= edge).length
}

/** `count` starts spread evenly over (from, to], off round numbers. */
export function spreadStarts(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 0.618)) / count)
}
