import { latentPortrait } from '../../dynamics/latent-ghost.js'
import { switchingSteps } from '../../dynamics/switching-step.js'
import { type RankOneParameters, rankOneViews } from '../../models/rank-one.js'
import { createBreather } from '../../training/breather.js'
import { createTask, createTrainer } from '../../training/create-trainer.js'
import { eventThresholds } from '../../training/events.js'
import type { PartContext, Profile } from '../experiment.js'

/** A delay, a learning rate at which it is learned, and how long it is trained. */
export interface SwitchingCondition {
  readonly delay: number
  readonly rate: number
  readonly epochs: number
}

const fast: readonly SwitchingCondition[] = [
  { delay: 10, rate: 0.01, epochs: 20_000 },
  { delay: 15, rate: 0.01, epochs: 20_000 },
  { delay: 20, rate: 0.01, epochs: 20_000 },
]
const slow: readonly SwitchingCondition[] = [
  { delay: 20, rate: 0.003, epochs: 60_000 },
  { delay: 30, rate: 0.003, epochs: 60_000 },
  { delay: 40, rate: 0.003, epochs: 60_000 },
]

/** What each profile trains, from seeds 0, 1, … */
export const conditions: Record<Profile, readonly SwitchingCondition[]> = {
  quick: fast,
  standard: [...fast, ...slow],
  paper: [...fast, ...slow],
}
export const seeds: Record<Profile, number> = { quick: 20, standard: 40, paper: 100 }
export const seedGroups = 10

/** Looks at each network, evenly spaced through its training. */
const looks = 20

/** A trained network that has a ghost on its way: observed and predicted steps until its output switches on. */
export interface SwitchingLook {
  readonly seed: number
  readonly delay: number
  readonly rate: number
  readonly epoch: number
  readonly observed: number
  /** The canonical form from κ(0) to the threshold. */
  readonly window: number
  /** The full passage π/(α√(ra)). */
  readonly full: number
}

/** A network under a constant input that it was not trained with. */
export interface ShiftedLook {
  readonly seed: number
  readonly delay: number
  /** What the input multiplies the speed of the ghost by, to first order. */
  readonly factor: number
  readonly observed: number
  readonly window: number
}

/** Factors of the ghost's speed; training sets the switching step, so these take it elsewhere. */
export const speedFactors = [4, 2, 0.5, 0.25, 0.1, 0.05, 0.02] as const

/** The looks at one network. */
export interface SwitchingRun {
  readonly seed: number
  /** Looks at which the task is learned: loss below a tenth of a silent network's. */
  readonly learned: number
  /** Those of them with a ghost on the way and an output that switches on. */
  readonly looks: readonly SwitchingLook[]
  /** The network of the last of these looks under constant inputs, where there still is a ghost on its way. */
  readonly shifted: readonly ShiftedLook[]
}

/** Trains every `seedGroups`-th seed on every condition and looks at its latent flow where the task is learned. */
export async function switchingGroup(
  group: number,
  { profile, onProgress }: PartContext,
): Promise<readonly SwitchingRun[]> {
  const chosen = Array.from({ length: seeds[profile] }, (_, seed) => seed).filter(
    seed => seed % seedGroups === group,
  )
  const tasks = chosen.flatMap(seed => conditions[profile].map(condition => ({ seed, condition })))
  const breathe = createBreather()
  const runs: SwitchingRun[] = []
  for (const { seed, condition } of tasks) {
    runs.push(await lookAt(seed, condition))
    if (await breathe()) onProgress(runs.length / tasks.length)
  }
  return runs
}

async function lookAt(seed: number, { delay, rate, epochs }: SwitchingCondition): Promise<SwitchingRun> {
  const model = { kind: 'rank-one', neurons: 100, leak: 0.5 } as const
  const settings = {
    model,
    task: { kind: 'delayed-activation', delay },
    optimizer: { kind: 'sgd', rate },
    confidence: 10,
    seed,
    epochs,
  } as const
  const trainer = await createTrainer(settings)
  const learnedBelow = eventThresholds.secondFall * createTask(settings).silentLoss
  const found: SwitchingLook[] = []
  let learned = 0
  let last: RankOneParameters | undefined
  for (let look = 1; look <= looks; look++) {
    trainer.advance((look * epochs) / looks - 1 - trainer.epoch)
    const { epoch, parameters } = trainer.snapshot()
    if (!(trainer.advance(1).loss[0]! < learnedBelow)) continue
    learned++
    const network = rankOneViews(model, parameters)
    const { observed, windowPassage, fullPassage } = switchingSteps(network, model.leak)
    if (observed === undefined || windowPassage === undefined || fullPassage === undefined) continue
    last = network
    found.push({ seed, delay, rate, epoch, observed, window: windowPassage, full: fullPassage })
  }
  const shifted = last === undefined ? [] : shiftedLooks(last, { seed, delay, leak: model.leak })
  return { seed, learned, looks: found, shifted }
}

/**
 * Looks at a network under constant inputs along n, which speed the ghost up or slow it down: b + δ·n changes F at the
 * ghost by δ·Σ n²(1 − h²), never against the sign of δ.
 */
function shiftedLooks(
  { m, n, b }: RankOneParameters,
  { seed, delay, leak }: { readonly seed: number; readonly delay: number; readonly leak: number },
): ShiftedLook[] {
  const { ghost } = latentPortrait({ m, n, b }, leak)
  if (ghost === undefined) return []
  const gain = n.reduce((sum, weight, i) => {
    return sum + weight ** 2 * (1 - Math.tanh(m[i]! * ghost.kappa + b[i]!) ** 2)
  }, 0)
  return speedFactors.flatMap(factor => {
    const input = ((factor - 1) * ghost.speed) / gain
    const shifted = { m, n, b: b.map((bias, i) => bias + input * n[i]!) }
    const { observed, windowPassage } = switchingSteps(shifted, leak)
    if (observed === undefined || windowPassage === undefined) return []
    return [{ seed, delay, factor, observed, window: windowPassage }]
  })
}
