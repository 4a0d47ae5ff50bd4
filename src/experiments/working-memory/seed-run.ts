import type { SlowPoint } from '../../dynamics/slow-point.js'
import { distance } from '../../numerics/linear-algebra.js'
import { createBreather } from '../../training/breather.js'
import type { Events } from '../../training/events.js'
import type { History } from '../../training/history.js'
import type { Snapshot } from '../../training/trainer.js'
import { lookAtNetwork, type NetworkLook } from './look.js'
import type { MemoryRank, MemorySettings } from './settings.js'
import { type KeptTraining, trainKeeping } from './training.js'

/** What is slow near the trials' paths at one epoch of a training. */
export interface MemoryLook {
  readonly epoch: number
  readonly stableFixedPoints: number
  readonly unstableFixedPoints: number
  /** Full passage of each ghost in steps, and whether the flow shrinks in all other directions. */
  readonly ghosts: readonly { readonly dwell: number; readonly stable: boolean }[]
  /** Slow points that are no ghosts. */
  readonly slowPoints: number
  /** Ghosts that are not near. */
  readonly farGhosts: number
  /** Steps in which a disturbance of the nearest stable fixed point falls to 1/e; undefined if there is none. */
  readonly decay: number | undefined
}

/** One training of a seed and the looks at it. */
export interface SeedRun<Picture> {
  readonly seed: number
  readonly events: Events
  readonly history: History
  /** Ascending. */
  readonly looks: readonly MemoryLook[]
  /** Of the seed that is shown. */
  readonly picture: Picture | undefined
}

export interface SeedRunOptions<Picture> {
  readonly settings: MemorySettings
  /** Epochs whose snapshots the picture needs. */
  readonly asked: readonly number[]
  /** Searches for slow points of a look at full rank. */
  readonly searches: number
  readonly picture: ((training: KeptTraining) => Picture) | undefined
  readonly onProgress: (share: number) => void
}

/** When to look, as shares of the epoch of a fall: where searches take long, less often. */
const stages: Readonly<Record<MemoryRank, readonly number[]>> = {
  2: [0.15, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.5, 3],
  full: [0.5, 0.7, 0.9, 1.1, 1.5],
}
/** Of a second fall only the way to it is looked at, and what follows. */
const secondStages: Readonly<Record<MemoryRank, readonly number[]>> = {
  2: [0.5, 0.6, 0.7, 0.8, 0.9],
  full: [0.7, 0.9],
}
/** Where looks take long, a training that never falls is looked at this often on its way. */
const stagesWithoutFall = [0.3, 0.6] as const
/** Share of a training's time that the looks are taken to need. */
const lookShare = 0.3

/** Trains one seed and looks for slow points at the start, relative to the falls of the loss, and at the end. */
export async function runSeed<Picture>(options: SeedRunOptions<Picture>): Promise<SeedRun<Picture>> {
  const { settings, asked, searches, picture, onProgress } = options
  const training = await trainKeeping(settings, asked, share => onProgress((1 - lookShare) * share))
  const chosen = lookSnapshots(training)
  const breathe = createBreather()
  const looks: MemoryLook[] = []
  for (const [i, snapshot] of chosen.entries()) {
    looks.push(summarise(snapshot.epoch, lookAtNetwork(settings, snapshot, searches)))
    if (await breathe()) onProgress(1 - lookShare * (1 - i / chosen.length))
  }
  const { events, history } = training
  return { seed: settings.seed, events, history, looks, picture: picture?.(training) }
}

/** The snapshots of a training that are looked at. */
export function lookSnapshots({ settings, events, snapshots }: KeptTraining): Snapshot[] {
  const { rank } = settings.model
  const { firstFall, secondFall } = events
  const of = rank === 'full' ? 'full' : 2
  const wanted =
    firstFall === undefined
      ? stagesWithoutFall.map(share => snapshotNear(snapshots, share, settings.epochs))
      : stages[of].map(stage => snapshotNear(snapshots, stage, firstFall))
  const later =
    secondFall === undefined ? [] : secondStages[of].map(stage => snapshotNear(snapshots, stage, secondFall))
  const all = new Set([snapshots[0]!, ...wanted, ...later, snapshots.at(-1)!])
  return [...all].sort((a, b) => a.epoch - b.epoch)
}

/** The snapshot nearest to a stage of the way to a fall, and on the same side of it. */
export function snapshotNear(snapshots: readonly Snapshot[], stage: number, fall: number): Snapshot {
  const onSide = snapshots.filter(({ epoch }) => (stage < 1 ? epoch < fall : epoch >= fall))
  const from = onSide.length > 0 ? onSide : snapshots
  const off = ({ epoch }: Snapshot) => Math.abs(epoch - stage * fall)
  return from.reduce((best, snapshot) => (off(snapshot) < off(best) ? snapshot : best))
}

function summarise(epoch: number, look: NetworkLook): MemoryLook {
  const { flow, points, isNear } = look
  const near = points.filter(({ position }) => isNear(position))
  const of = (kind: SlowPoint['kind']) => near.filter(point => point.kind === kind)
  const fixed = of('fixed point')
  const step = flow.step!
  return {
    epoch,
    stableFixedPoints: fixed.filter(({ stable }) => stable).length,
    unstableFixedPoints: fixed.filter(({ stable }) => !stable).length,
    ghosts: of('ghost').map(({ canonicalForm, stable }) => ({
      dwell: canonicalForm!.dwellTime! / step,
      stable,
    })),
    slowPoints: of('slow').length,
    farGhosts: points.filter(({ kind }) => kind === 'ghost').length - of('ghost').length,
    decay: decayOf(
      fixed.filter(({ stable }) => stable),
      look,
    ),
  }
}

/** Steps to 1/e along the slowest direction of the fixed point nearest to the paths. */
function decayOf(stable: readonly SlowPoint[], { flow, paths }: NetworkLook): number | undefined {
  const off = ({ position }: SlowPoint) =>
    Math.min(...paths.flatMap(({ states }) => states.map(state => distance(state, position))))
  const nearest = [...stable].sort((a, b) => off(a) - off(b))[0]
  if (nearest === undefined) return undefined
  const { real, imaginary } = nearest.spectrum
  const step = flow.step!
  const slowest = Math.max(...Array.from(real, (re, i) => Math.hypot(1 + step * re, step * imaginary[i]!)))
  return -1 / Math.log(slowest)
}
