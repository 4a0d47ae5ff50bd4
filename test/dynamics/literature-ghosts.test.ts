import { describe, expect, it } from 'vitest'
import { createFlow } from '../../src/dynamics/create-flow.js'
import { integrate, iterate } from '../../src/dynamics/integrate.js'
import { stateFlow } from '../../src/dynamics/network-flow.js'
import { traceGhosts } from '../../src/dynamics/trace-ghosts.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import * as systems from './systems.js'
import { only, reasons, traced } from './traced.js'

describe('ghosts of the literature', () => {
  it('a gene that activates itself, just past its fold, stays at the fold for π/√(μa)', () => {
    const [fold, past] = [0.4, 0.001]
    const ghost = only(traced(systems.autoregulation(fold, past), [0], { until: 300 }))
    // a = F″/2 = (1 − 3x₀²)/(2x₀(1 + x₀²)).
    const a = (1 - 3 * fold ** 2) / (2 * fold * (1 + fold ** 2))
    expect(ghost.position[0]).toBeCloseTo(fold, 6)
    expect(ghost.dwellTime).toBeCloseTo(Math.PI / Math.sqrt(past * a), 3)
    expect(ghost.dimension).toBe(1)
    // With a messenger the slow direction is shared: √s falls by δ/(1 + δ).
    const delta = 0.5
    const both = only(
      traced(systems.autoregulationWithMessenger(fold, past, delta), [0, 0], {
        until: 600,
        relativeTolerance: 1e-6,
      }),
    )
    const shared = ((1 + delta) / delta) * ghost.dwellTime
    expect(Math.abs(both.dwellTime / shared - 1)).toBeLessThan(0.01)
    expect(both.position[1]).toBeCloseTo(fold, 2)
  })

  it('a toggle switch that has just lost one state stays there and switches', () => {
    // A fold where 4u²v² = (1 + u²)(1 + v²); there α₁ = u(1 + v²) and α₂ = v(1 + u²).
    const v = 0.7
    const u = Math.sqrt((1 + v * v) / (3 * v * v - 1))
    const [alpha1, alpha2] = [u * (1 + v * v), v * (1 + u * u)]
    const lost = traced(systems.toggleSwitch(0.997 * alpha1, alpha2), [3, 0], { until: 300 })
    const ghost = only(lost)
    expect(Math.hypot(ghost.position[0]! - u, ghost.position[1]! - v)).toBeLessThan(0.01)
    expect(reasons(lost).at(-1)).toContain('arrives at the stable fixed point')
    const kept = traced(systems.toggleSwitch(1.003 * alpha1, alpha2), [3, 0], { until: 300 })
    expect(kept.ghosts).toEqual([])
  })

  it('a theta neuron passes one ghost a turn; with its period told, the same one', () => {
    // From θ to θ + 2π takes π/√I.
    const current = 0.01
    const flow = systems.thetaNeuron(current)
    const options = { until: 95, relativeTolerance: 1e-8 }
    const turns = traced(flow, [-3], options).ghosts
    expect(turns.map(({ position }) => position[0]! / (2 * Math.PI))).toEqual(
      [0, 1, 2].map(turn => expect.closeTo(turn, 6)),
    )
    const { visits, dwellTime } = only(traced(flow, [-3], options, { periods: [2 * Math.PI] }))
    expect(visits.map(({ time }, i) => time - (visits[i - 1]?.time ?? Number.NaN)).slice(1)).toEqual([
      expect.closeTo(Math.PI / 0.1, 3),
      expect.closeTo(Math.PI / 0.1, 3),
    ])
    // F(0) = 2I and F″(0)/2 = (1 − I)/2.
    expect(dwellTime).toBeCloseTo(Math.PI / Math.sqrt(current * (1 - current)), 6)
  })

  it('a quadratic integrate-and-fire neuron comes back to its ghost after each reset', () => {
    const flow = createFlow({ dimension: 1, velocity: ([x]) => [0.01 + x! * x!] })
    const run = integrate(flow, [-10], {
      until: 40,
      sampleEvery: 0.1,
      stopWhen: ([x]) => x! > 10,
      relativeTolerance: 1e-7,
    })
    const length = run.times.at(-1)! + 0.1
    const times = Float64Array.from([0, 1, 2].flatMap(k => Array.from(run.times, time => time + k * length)))
    const states = [0, 1, 2].flatMap(() => [...run.states])
    const { visits, window } = only(traceGhosts(flow, { times, states }))
    // At 0 after atan(100)/√I.
    expect(visits.map(({ time }) => time)).toEqual(
      [0, 1, 2].map(k => expect.closeTo(Math.atan(100) / 0.1 + k * length, 1)),
    )
    for (const { passageTime } of visits) expect(passageTime).toBeCloseTo(window.predictedTime, 2)
  })

  it.each([1, 2, 3])('a cycle through %d ghosts meets them in turn, again and again', count => {
    const mu = 0.01
    const period = (2 * Math.PI) / Math.sqrt((1 + mu) ** 2 - 1)
    const { ghosts } = traced(systems.ghostCycle(mu, count), [Math.cos(0.5), Math.sin(0.5)], {
      until: 3 * period,
      relativeTolerance: 1e-6,
    })
    expect(ghosts.length).toBe(count)
    for (const { position, visits, dwellTime, dimension } of ghosts) {
      expect(Math.abs(Math.sin((count * Math.atan2(position[1]!, position[0]!)) / 2))).toBeLessThan(1e-3)
      expect(Math.hypot(...position)).toBeCloseTo(1, 3)
      expect(dimension).toBe(1)
      // θ′ = μ + (nθ)²/2 nearby.
      expect(Math.abs(dwellTime / (Math.PI / Math.sqrt((mu * count ** 2) / 2)) - 1)).toBeLessThan(0.01)
      expect(visits.length).toBeGreaterThanOrEqual(2)
      expect(visits[1]!.time - visits[0]!.time).toBeCloseTo(period, 0)
    }
  })

  it('a driven pendulum just past its saddle-node slows down upright to the drive, at φ = π/2', () => {
    const [current, damping] = [1.01, 2]
    const { visits, position, dwellTime } = only(
      traced(
        systems.drivenPendulum(current, damping),
        [-1, 0],
        { until: 300, relativeTolerance: 1e-6 },
        { periods: [2 * Math.PI, Number.POSITIVE_INFINITY] },
      ),
    )
    expect(position[0]).toBeCloseTo(Math.PI / 2, 3)
    expect(visits.length).toBeGreaterThanOrEqual(3)
    // αφ′ = I − sin φ while y follows: r = μ/α, a = 1/2α.
    expect(Math.abs(dwellTime / ((Math.PI * damping) / Math.sqrt((current - 1) / 2)) - 1)).toBeLessThan(0.01)
  })

  it('the Morris–Lecar neuron of type I fires at the rate its ghost allows', () => {
    const { ghosts } = traced(systems.morrisLecar(40.2), [-60, 0], { until: 1500, relativeTolerance: 1e-6 })
    const [ghost] = ghosts
    expect(ghosts.length).toBe(1)
    const { visits, dwellTime, position } = ghost!
    // The saddle-node on the circle lies at V ≈ −29 mV, I ≈ 39.96; what the ghost does not take of the period is the spike.
    expect(position[0]).toBeCloseTo(-29, -0.5)
    const spike = visits[1]!.time - visits[0]!.time - dwellTime
    expect(spike).toBeGreaterThan(0)
    expect(spike).toBeLessThan(60)
    for (const visit of visits.slice(0, -1)) {
      expect(Math.abs(visit.passageTime! / ghost!.window.predictedTime - 1)).toBeLessThan(0.05)
    }
  })

  it.each(['steps', 'time'])(
    'a network past a fold of its latent flow stays there, counted in %s',
    counted => {
      // κ′ = −κ + 1.5 tanh(2κ + c) has a fold where 3 sech² = 1, tanh = −√⅔; the state of each neuron is that tanh.
      const [neurons, past] = [20, 0.005]
      const fold = -Math.sqrt(2 / 3)
      const constant = new Float64Array(neurons).fill(Math.atanh(fold) - 3 * fold + past)
      const left = new Float64Array(neurons).fill(1.5 / neurons)
      const network = stateFlow({
        recurrent: { left, right: new Float64Array(neurons).fill(2) },
        constant,
        leak: 0.2,
      })
      const start = Array.from(new TorchGenerator(1).normal64(neurons, -1, 0.1))
      const path =
        counted === 'steps'
          ? iterate(network, start, { steps: 400 })
          : integrate({ ...network, step: undefined }, start, { until: 80 })
      const flow = counted === 'steps' ? network : { ...network, step: undefined }
      const ghost = only(traceGhosts(flow, path))
      for (const value of ghost.position) expect(Math.abs(value - fold)).toBeLessThan(past)
      // r = 1.5·past/3 and a = ½·1.5·4·(−2)·fold/3.
      expect(Math.abs(ghost.dwellTime / (Math.PI / Math.sqrt((past / 2) * -2 * fold)) - 1)).toBeLessThan(0.01)
      expect([ghost.dimension, ghost.stable]).toEqual([1, true])
      expect(Math.abs(ghost.visits[0]!.passageTime! / ghost.window.predictedTime - 1)).toBeLessThan(0.02)
    },
  )

  it('the logistic map before its 3-cycle has the three ghosts of type I intermittency', () => {
    const past = 1e-4
    const flow = systems.thriceLogistic(1 + Math.sqrt(8) - past)
    const { ghosts } = traceGhosts(flow, iterate(flow, [0.3], { steps: 1500 }))
    // The 3-cycle is born at 0.15993, 0.51436, 0.95632.
    const places = ghosts.map(({ position }) => position[0]!).sort()
    expect(places).toEqual([0.15993, 0.51436, 0.95632].map(x => expect.closeTo(x, 3)))
    const [a, b, c] = ghosts.map(({ dwellTime }) => dwellTime)
    // One cycle, one time scale; and the passage of the iterates is that of the canonical form, to a step at either end.
    expect(Math.abs(a! / b! - 1)).toBeLessThan(0.01)
    expect(Math.abs(a! / c! - 1)).toBeLessThan(0.01)
    const passages = ghosts.flatMap(({ visits, window }) =>
      visits.flatMap(({ passageTime }) =>
        passageTime === undefined ? [] : [passageTime - window.predictedTime],
      ),
    )
    expect(passages.length).toBeGreaterThan(0)
    for (const difference of passages) expect(Math.abs(difference)).toBeLessThan(2)
  })
})
