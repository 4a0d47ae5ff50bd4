import type { LatentPortrait } from '../../dynamics/latent-ghost.js'
import { followLatentFlow, type LatentLife, portraitAt } from '../../dynamics/latent-life.js'
import { readoutThreshold } from '../../models/rank-one.js'
import { createTask, createTrainer } from '../../training/create-trainer.js'
import { EventDetector } from '../../training/events.js'
import type { Snapshot } from '../../training/trainer.js'
import type { Profile } from '../experiment.js'
import { flowEvery, slowSeedSettings } from './settings.js'

/** One seed at the slow rate: its falls, and what its latent flow did. */
export interface SlowSeed {
  readonly seed: number
  /** Epochs trained. */
  readonly epochs: number
  /** Loss below a half and below a tenth of the plateau. A seed with both has learned. */
  readonly firstFall: number | undefined
  readonly secondFall: number | undefined
  /** Epochs that the loss takes from 0.9 of the first loss to the first fall, over the epoch of the fall. */
  readonly fallShare: number | undefined
  /** First look with a ghost. */
  readonly firstGhost: number | undefined
  /** First look with a slow point of any kind, on the way from κ(0) to the threshold or not. */
  readonly firstSlowPoint: number | undefined
  /**
   * First epoch within 20 of the first fall at which the state's way no longer ends before the threshold: no stable
   * fixed point between κ(0) and it, and one at the epoch before.
   */
  readonly opening: number | undefined
  /** Numbers of fixed points seen at any look, ascending. */
  readonly fixedPoints: readonly number[]
  /** First look with another number of fixed points than the look before it. */
  readonly firstBifurcation: number | undefined
  readonly looks: number
  /** Looks that could not prove to have found everything. */
  readonly uncertain: number
}

/** Epochs on either side of the falls that are looked at one by one. */
export const fallMargin = 1000
/** Epochs on either side of the first fall whose fixed points' places are looked at. */
export const openingMargin = 20
/** Epochs between two snapshots from which a part of the training can be repeated. */
const snapshotEvery = 2000

/**
 * Trains a seed until twice its second fall, 100,000 epochs at most, with looks every so many epochs and, from 1000
 * before the first fall to 1000 after the second, at every one.
 */
export async function trainSlowSeed(seed: number, profile: Profile): Promise<SlowSeed> {
  const settings = slowSeedSettings(seed)
  const { model, epochs } = settings
  const trainer = await createTrainer(settings)
  const detector = new EventDetector(createTask(settings).silentLoss)
  const secondFall = () => detector.events.secondFall ?? Number.POSITIVE_INFINITY
  const whole = await followLatentFlow(trainer, {
    model,
    until: epochs,
    every: flowEvery[profile],
    keep: Array.from({ length: epochs / snapshotEvery }, (_, i) => i * snapshotEvery),
    onStretch: stretch => detector.observe(stretch),
    enough: () => trainer.epoch >= 2 * secondFall(),
  })
  const trained = trainer.epoch
  const { events } = detector
  const looks: Looks[] = [whole]
  const { firstFall } = events
  let opening: number | undefined
  if (firstFall !== undefined) {
    const from = Math.max(0, firstFall - fallMargin)
    trainer.restore(snapshotBefore(whole.kept, from))
    trainer.advance(from - trainer.epoch)
    const until = Math.min(trained, (events.secondFall ?? firstFall) + fallMargin)
    const keep = Array.from({ length: 2 * openingMargin + 1 }, (_, i) => firstFall - openingMargin + i)
    const fine = await followLatentFlow(trainer, { model, until, every: 1, keep })
    looks.push(fine)
    opening = findOpening(
      fine.kept.map(snapshot => ({ epoch: snapshot.epoch, ...portraitAt(snapshot, model) })),
    )
  }
  return { ...describeSeed(seed, trained, events, mergedLooks(looks)), opening }
}

function snapshotBefore(snapshots: readonly Snapshot[], epoch: number): Snapshot {
  const found = snapshots.findLast(snapshot => snapshot.epoch <= epoch)
  if (found === undefined) throw new Error(`trainSlowSeed: no snapshot before epoch ${epoch}`)
  return found
}

function findOpening(
  portraits: readonly (Pick<LatentPortrait, 'start' | 'fixedPoints'> & { readonly epoch: number })[],
): number | undefined {
  const barred = portraits.map(({ start, fixedPoints }) =>
    fixedPoints.some(({ x, stable }) => stable && start < x && x < readoutThreshold),
  )
  return portraits.find((_, i) => barred[i - 1] === true && barred[i] === false)?.epoch
}

/** What is kept of looks. */
type Looks = Pick<LatentLife, 'epoch' | 'loss' | 'fixedPoints' | 'slowPoints' | 'ghostDwell' | 'uncertain'>

/** All looks in the order of their epochs, one an epoch. */
function mergedLooks(looks: readonly Looks[]): Looks {
  const places = new Map<number, readonly [Looks, number]>()
  for (const look of looks) for (const [i, epoch] of look.epoch.entries()) places.set(epoch, [look, i])
  const order = [...places].sort(([a], [b]) => a - b).map(([, place]) => place)
  const column = (name: Exclude<keyof Looks, 'uncertain'>) =>
    Float64Array.from(order, ([look, i]) => look[name][i]!)
  return {
    epoch: column('epoch'),
    loss: column('loss'),
    fixedPoints: column('fixedPoints'),
    slowPoints: column('slowPoints'),
    ghostDwell: column('ghostDwell'),
    uncertain: [...new Set(looks.flatMap(({ uncertain }) => uncertain))],
  }
}

function describeSeed(
  seed: number,
  epochs: number,
  { firstFall, secondFall }: Pick<SlowSeed, 'firstFall' | 'secondFall'>,
  looks: Looks,
): Omit<SlowSeed, 'opening'> {
  const { epoch, fixedPoints, slowPoints, ghostDwell } = looks
  const changed = fixedPoints.findIndex((count, i) => i > 0 && count !== fixedPoints[i - 1])
  return {
    seed,
    epochs,
    firstFall,
    secondFall,
    fallShare: firstFall === undefined ? undefined : fallShare(looks, firstFall),
    firstGhost: epoch[ghostDwell.findIndex(dwell => !Number.isNaN(dwell))],
    firstSlowPoint: epoch[slowPoints.findIndex(count => count > 0)],
    fixedPoints: [...new Set(fixedPoints)].sort((a, b) => a - b),
    firstBifurcation: epoch[changed],
    looks: epoch.length,
    uncertain: looks.uncertain.length,
  }
}

/** Epochs that the loss takes from 0.9 of the first loss to the first fall, over the epoch of the fall. */
export function fallShare(
  { epoch, loss }: { readonly epoch: Float64Array; readonly loss: Float64Array },
  firstFall: number,
): number {
  const flat = loss.findLastIndex((value, i) => epoch[i]! < firstFall && value >= 0.9 * loss[0]!)
  return (firstFall - (epoch[flat] ?? 0)) / firstFall
}
