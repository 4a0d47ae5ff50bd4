/** The two sides of the saddle-node bifurcation that the paper draws. */
export const ghostSide = 0.5
export const fixedPointSide = -0.5

/** x from −window to +window; the passage through it takes 2 atan(window/√r)/√r of π/√r. */
const window = 1000
export const timeLimit = 100

/** Simulated times to cross from −window to +window; undefined if not within the time limit. */
export interface Passages {
  readonly ghost: number | undefined
  readonly pair: number | undefined
}

export const parts = {
  passages: async (): Promise<Passages> => ({
    ghost: simulatePassage(ghostSide),
    pair: simulatePassage(fixedPointSide),
  }),
}

/** Time from −window to +window by fourth-order Runge–Kutta, steps shortened where the flow is fast. */
function simulatePassage(r: number): number | undefined {
  const flow = (x: number) => x * x + r
  let x = -window
  let time = 0
  while (x < window) {
    const step = 0.01 / (1 + Math.abs(x))
    const k1 = flow(x)
    const k2 = flow(x + (step / 2) * k1)
    const k3 = flow(x + (step / 2) * k2)
    const k4 = flow(x + step * k3)
    x += (step / 6) * (k1 + 2 * k2 + 2 * k3 + k4)
    time += step
    if (time > timeLimit) return undefined
  }
  return time
}
