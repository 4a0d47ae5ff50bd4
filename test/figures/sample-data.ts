import type { Figure1Data, Figure1System } from '../../src/figures/figure-1.js'

/** Figure 1 in closed form: x(t) of x' = x² + r for both signs of r. */
export function closedFormFigure1(): Figure1Data {
  return { systems: [systemAt(0.5), systemAt(-0.5)] }
}

function systemAt(r: number): Figure1System {
  const x = grid(-2, 2, 201)
  const root = Math.sqrt(Math.abs(r))
  const time = grid(0, 6, 601)
  return {
    r,
    flow: { x, velocity: x.map(at => at * at + r) },
    fixedPoints:
      r < 0
        ? [
            { x: -root, stable: true },
            { x: root, stable: false },
          ]
        : [],
    ghost: r > 0 ? 0 : undefined,
    trajectories: [-2, -1.2, -0.4, 0.3, 0.65, 0.78].map(start => ({
      time,
      x: time.map(t => (r > 0 ? passage(start, root, t) : approach(start, root, t))),
    })),
  }
}

/** √r·tan(√r·t + atan(x0/√r)), infinite after the blow-up. */
function passage(start: number, root: number, time: number): number {
  const phase = root * time + Math.atan(start / root)
  return phase < Math.PI / 2 ? root * Math.tan(phase) : Infinity
}

/** x' = x² − p², solved by (x − p)/(x + p) = C·exp(2pt); infinite after the blow-up. */
function approach(start: number, p: number, time: number): number {
  const ratio = ((start - p) / (start + p)) * Math.exp(2 * p * time)
  return start > p && ratio >= 1 ? Infinity : (p * (1 + ratio)) / (1 - ratio)
}

export function grid(first: number, last: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1))
}
