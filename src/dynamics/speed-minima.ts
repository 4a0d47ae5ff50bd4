import { euclideanNorm } from '../numerics/linear-algebra.js'
import type { Flow } from './flow.js'
import { stateAt, type TrajectoryCurve } from './trajectory-curve.js'

/** A local minimum of ‖F‖ along a trajectory. */
export interface SpeedMinimum {
  readonly time: number
  /** `[d]` */
  readonly state: Float64Array
  /** ‖F‖. */
  readonly speed: number
  /** Whether it is where the trajectory starts or ends, and so perhaps no minimum of a longer one. */
  readonly at: 'start' | 'inside' | 'end'
}

/** By what factor the speed rises on either side of a minimum that counts: less is ripple. */
const rise = 1.1

/** The local minima of the speed along a curve, in order. */
export function speedMinima(flow: Flow, curve: TrajectoryCurve): SpeedMinimum[] {
  const speeds = curve.velocities.map(euclideanNorm)
  return lowNodes(speeds).map(node => {
    const time = curve.stepwise ? curve.times[node]! : slowestTime(flow, curve, node)
    const state = stateAt(curve, time)
    const speed = euclideanNorm(flow.velocity(state))
    const sampled = { time: curve.times[node]!, state: curve.states[node]!, speed: speeds[node]! }
    const at = node === 0 ? 'start' : node === speeds.length - 1 ? 'end' : 'inside'
    return { ...(speed < sampled.speed ? { time, state, speed } : sampled), at }
  })
}

/** Indices of minima between which the values rise by the factor and fall by it again. */
function lowNodes(values: readonly number[]): number[] {
  const lows: number[] = []
  let [lowest, highest] = [0, 0]
  let falling = true
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!
    if (falling) {
      if (value < values[lowest]!) lowest = i
      else if (value >= rise * values[lowest]! && value > 0) {
        lows.push(lowest)
        falling = false
        highest = i
      }
    } else if (value > values[highest]!) highest = i
    else if (value * rise <= values[highest]!) {
      falling = true
      lowest = i
    }
  }
  if (falling) lows.push(lowest)
  return lows
}

/** The time of the least speed between the neighbours of a node, by the golden section. */
function slowestTime(flow: Flow, curve: TrajectoryCurve, node: number): number {
  const speed = (time: number) => euclideanNorm(flow.velocity(stateAt(curve, time)))
  let low = curve.broken[node - 1] === false ? curve.times[node - 1]! : curve.times[node]!
  let high = curve.broken[node] === false ? curve.times[node + 1]! : curve.times[node]!
  const golden = (Math.sqrt(5) - 1) / 2
  for (let round = 0; round < 40 && high > low; round++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)]
    if (speed(left) <= speed(right)) high = right
    else low = left
  }
  return (low + high) / 2
}
