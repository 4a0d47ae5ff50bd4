/** Small integrators of the tests' own: what the closed forms are compared with. */

/** Right-hand side of a scalar, autonomous differential equation. */
export type Flow = (y: number) => number

function rungeKutta4(flow: Flow, y: number, h: number): number {
  const k1 = flow(y)
  const k2 = flow(y + (h / 2) * k1)
  const k3 = flow(y + (h / 2) * k2)
  const k4 = flow(y + h * k3)
  return y + (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4)
}

/** One RK4 step of an adaptive size: two half steps against one, relative to the state's own scale. */
function adaptiveStep(
  flow: Flow,
  y: number,
  trial: number,
  tolerance: number,
): { y: number; h: number; next: number } {
  for (let h = trial; ; h /= 2) {
    const coarse = rungeKutta4(flow, y, h)
    const fine = rungeKutta4(flow, rungeKutta4(flow, y, h / 2), h / 2)
    const error = Math.abs(fine - coarse) / (1e-3 + Math.abs(y))
    if (error <= tolerance)
      return { y: fine + (fine - coarse) / 15, h, next: error < tolerance / 40 ? 2 * h : h }
  }
}

/** State at `time` of y' = flow(y) from y(0) = `start`. */
export function integrate(flow: Flow, start: number, time: number, tolerance = 1e-12): number {
  let y = start
  let trial = time / 100
  for (let t = 0; t < time; ) {
    const step = adaptiveStep(flow, y, Math.min(trial, time - t), tolerance)
    y = step.y
    t = step.h === time - t ? time : t + step.h
    trial = step.next
  }
  return y
}

/** Time at which y' = flow(y) > 0 first reaches `target` from `start`, simulated forwards in time. */
export function timeToReach(flow: Flow, start: number, target: number, tolerance = 1e-12): number {
  let y = start
  let time = 0
  let trial = (0.01 * (1e-3 + Math.abs(start))) / flow(start)
  for (;;) {
    const step = adaptiveStep(flow, y, trial, tolerance)
    if (step.y >= target) break
    y = step.y
    time += step.h
    trial = step.next
  }
  let low = 0
  let high = trial
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (rungeKutta4(flow, y, middle) < target) low = middle
    else high = middle
  }
  return time + high
}

/** Integral of f over [from, to] by the midpoint rule. */
export function midpointIntegral(f: (t: number) => number, from: number, to: number, cells: number): number {
  const h = (to - from) / cells
  let sum = 0
  for (let i = 0; i < cells; i++) sum += f(from + (i + 0.5) * h)
  return sum * h
}

/** Derivative of f at x by central differences of step h. */
export function centralDifference(f: (x: number) => number, x: number, h: number): number {
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)
}
