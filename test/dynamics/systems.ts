import { createFlow, createMap } from '../../src/dynamics/create-flow.js'
import type { Flow } from '../../src/dynamics/flow.js'

/** Systems of the literature. Derivatives come by differences, as a user's would. */

const system = (dimension: number, velocity: (x: Float64Array) => readonly number[]): Flow =>
  createFlow({ dimension, velocity })

/** x' = μ + x², y' = −y. Strogatz, Nonlinear Dynamics and Chaos, §4.3 and §8.1. */
export const saddleNode = (mu: number) => system(2, ([x, y]) => [mu + x! * x!, -y!])

/** j copies of x' = μ + x² beside k of x' = +x. */
export const manySaddleNodes = (mus: readonly number[], growing = 0) =>
  system(mus.length + growing, x =>
    [...x].map((value, i) => (i < mus.length ? mus[i]! + value * value : value)),
  )

/** x'' = μ(1 − x²)x' − x. van der Pol, Phil. Mag. 2 (1926) 978. */
export const vanDerPol = (mu: number) => system(2, ([x, y]) => [y!, mu * (1 - x! * x!) * y! - x!])

/** v' = v − v³/3 − w + I, w' = (v + a − bw)/τ. FitzHugh, Biophys. J. 1 (1961) 445, with his a, b and τ unless given. */
export const fitzHughNagumo = (current: number, { a = 0.7, b = 0.8, tau = 12.5 } = {}) =>
  system(2, ([v, w]) => [v! - v! ** 3 / 3 - w! + current, (v! + a - b * w!) / tau])

/** θ' = 1 − cos θ + (1 + cos θ)I. Ermentrout & Kopell, SIAM J. Appl. Math. 46 (1986) 233. */
export const thetaNeuron = (current: number) =>
  system(1, ([theta]) => [1 - Math.cos(theta!) + (1 + Math.cos(theta!)) * current])

/** φ' = y, y' = I − sin φ − αy: the driven damped pendulum. Strogatz, §8.5. */
export const drivenPendulum = (current: number, damping: number) =>
  system(2, ([phi, y]) => [y!, current - Math.sin(phi!) - damping * y!])

/**
 * x' = b + βx²/(1 + x²) − x: a gene that activates itself. With β = (1 + x₀²)²/2x₀ and b = x₀(1 − x₀²)/2 it has a fold at
 * x₀; `past` is added to b.
 */
export const autoregulation = (fold: number, past: number) => {
  const beta = (1 + fold ** 2) ** 2 / (2 * fold)
  const basal = (fold * (1 - fold ** 2)) / 2 + past
  return system(1, ([x]) => [basal + (beta * x! * x!) / (1 + x! * x!) - x!])
}

/** The same with its messenger: m' = b + βp²/(1 + p²) − m, p' = δ(m − p). */
export const autoregulationWithMessenger = (fold: number, past: number, delta: number) => {
  const protein = autoregulation(fold, past)
  return system(2, ([m, p]) => [protein.velocity(Float64Array.of(p!))[0]! + p! - m!, delta * (m! - p!)])
}

/** u' = α₁/(1 + v²) − u, v' = α₂/(1 + u²) − v. Gardner, Cantor & Collins, Nature 403 (2000) 339, cooperativity 2. */
export const toggleSwitch = (alpha1: number, alpha2: number) =>
  system(2, ([u, v]) => [alpha1 / (1 + v! * v!) - u!, alpha2 / (1 + u! * u!) - v!])

/** r' = r(1 − r²), θ' = 1 + μ − cos nθ in Cartesian coordinates: a cycle through n ghosts, at the angles 2πk/n. */
export const ghostCycle = (mu: number, count: number) =>
  system(2, ([x, y]) => {
    const turn = 1 + mu - Math.cos(count * Math.atan2(y!, x!))
    const growth = 1 - x! * x! - y! * y!
    return [growth * x! - turn * y!, growth * y! + turn * x!]
  })

/**
 * CV' = I − g_L(V − V_L) − g_K w(V − V_K) − g_Ca m(V)(V − V_Ca), w' = φ(w∞ − w)/τ: Morris & Lecar with the settings of
 * Rinzel & Ermentrout (Methods in Neuronal Modeling, 1989, ch. 5) for type I: a saddle-node on an invariant circle at
 * I ≈ 39.96. V in mV, time in ms.
 */
export const morrisLecar = (current: number) =>
  system(2, ([v, w]) => {
    const calcium = (1 + Math.tanh((v! + 1.2) / 18)) / 2
    const potassium = (1 + Math.tanh((v! - 12) / 17.4)) / 2
    const rate = 0.066667 * Math.cosh((v! - 12) / 34.8)
    return [
      (current - 2 * (v! + 60) - 8 * w! * (v! + 84) - 4 * calcium * (v! - 120)) / 20,
      rate * (potassium - w!),
    ]
  })

/** xᵢ' = xᵢ(1 − xᵢ − αxᵢ₊₁ − βxᵢ₊₂): a heteroclinic cycle. May & Leonard, SIAM J. Appl. Math. 29 (1975) 243. */
export const mayLeonard = (alpha: number, beta: number) =>
  system(3, ([x, y, z]) => [
    x! * (1 - x! - alpha * y! - beta * z!),
    y! * (1 - y! - alpha * z! - beta * x!),
    z! * (1 - z! - alpha * x! - beta * y!),
  ])

/** Lorenz, J. Atmos. Sci. 20 (1963) 130. */
export const lorenz = (rho: number) =>
  system(3, ([x, y, z]) => [10 * (y! - x!), x! * (rho - z!) - y!, x! * y! - (8 / 3) * z!])

/** Rössler, Phys. Lett. A 57 (1976) 397. */
export const roessler = (a = 0.2, b = 0.2, c = 5.7) =>
  system(3, ([x, y, z]) => [-y! - z!, x! + a * y!, b + z! * (x! - c)])

/** x' = A + x²y − (B + 1)x, y' = Bx − x²y. Prigogine & Lefever, J. Chem. Phys. 48 (1968) 1695. */
export const brusselator = (a: number, b: number) =>
  system(2, ([x, y]) => [a + x! * x! * y! - (b + 1) * x!, b * x! - x! * x! * y!])

/** n' = n(1 − n/K) − np/(1 + n), p' = p(n/(1 + n) − m)·e. Rosenzweig & MacArthur, Am. Nat. 97 (1963) 209. */
export const rosenzweigMacArthur = (capacity: number) =>
  system(2, ([n, p]) => [n! * (1 - n! / capacity) - (n! * p!) / (1 + n!), 0.5 * p! * (n! / (1 + n!) - 0.4)])

/** Σ of x' = A·x, rows of A. */
export const linear = (...rows: readonly (readonly number[])[]) =>
  system(rows.length, x => rows.map(row => row.reduce((sum, value, j) => sum + value * x[j]!, 0)))

/** The third iterate of x ← ax(1 − x). Its 3-cycle is born at a = 1 + √8. Pomeau & Manneville, Commun. Math. Phys. 74 (1980) 189. */
export const thriceLogistic = (a: number) =>
  createMap({
    dimension: 1,
    next: ([x]) => {
      let y = x!
      for (let i = 0; i < 3; i++) y = a * y * (1 - y)
      return [y]
    },
  })
