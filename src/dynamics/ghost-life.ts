import type { Events } from '../training/events.js'
import type { LatentLife } from './latent-life.js'

/** What became of a ghost, or what it came from. */
export type GhostFate =
  /** A pair of fixed points, by a saddle-node bifurcation. */
  | 'fixed points'
  /** F lost or gained the minimum: no slow place on this side. */
  | 'no slow point'
  /** The slow point is there on both sides, but on this one the state does not pass it from κ(0) to the threshold. */
  | 'not on the way'
  /** The looks begin or end here. */
  | 'end of the looks'

/** Looks in a row that see a ghost. */
export interface GhostSpell {
  /** Epochs of the first and of the last look of the spell. */
  readonly from: number
  readonly to: number
  readonly before: GhostFate
  readonly after: GhostFate
  /** Shortest and longest dwell time, in steps. */
  readonly dwell: readonly [number, number]
}

/** The number of fixed points differs between two looks in a row. */
export interface Bifurcation {
  /** Epoch of the first look with the new number, and of the look before it. */
  readonly epoch: number
  readonly after: number
  /** Numbers of fixed points. */
  readonly from: number
  readonly to: number
}

/** A training's ghosts and bifurcations, summed up. */
export interface GhostLife {
  readonly spells: readonly GhostSpell[]
  /** Epoch of the first look with a ghost. */
  readonly first: number | undefined
  /** Epoch from which every look sees one. */
  readonly forGood: number | undefined
  /** Ascending; in each, fixed points are born (to > from) or lost, by saddle-node bifurcations. */
  readonly bifurcations: readonly Bifurcation[]
  /** Epochs by which the first ghost comes before the falls of the loss; undefined without ghost or fall. */
  readonly lead: { readonly firstFall: number | undefined; readonly secondFall: number | undefined }
}

/**
 * Sums up what {@link followLatentFlow} saw. Between two looks that are further apart than an epoch, pairs that are
 * born and lost again go unseen. Fixed points outside [−15, 15] do not count; they need Σ|n| > 15.
 */
export function ghostLife(life: LatentLife, events?: Pick<Events, 'firstFall' | 'secondFall'>): GhostLife {
  const { epoch, ghostDwell, fixedPoints } = life
  const present = ghostDwell.map(dwell => (Number.isNaN(dwell) ? 0 : 1))
  const starts = indicesWhere(present, (here, before) => here === 1 && before !== 1)
  const ends = indicesWhere(present, (here, before) => here !== 1 && before === 1)
  const spells = starts.map((from, i) => spellBetween(life, from, (ends[i] ?? epoch.length) - 1))
  const first = spells[0]?.from
  const ahead = (fall: number | undefined) =>
    first === undefined || fall === undefined ? undefined : fall - first
  return {
    spells,
    first,
    forGood: present.at(-1) === 1 ? spells.at(-1)?.from : undefined,
    bifurcations: indicesWhere(fixedPoints, (here, before) => before !== undefined && here !== before).map(
      i => ({ epoch: epoch[i]!, after: epoch[i - 1]!, from: fixedPoints[i - 1]!, to: fixedPoints[i]! }),
    ),
    lead: { firstFall: ahead(events?.firstFall), secondFall: ahead(events?.secondFall) },
  }
}

function spellBetween(life: LatentLife, from: number, to: number): GhostSpell {
  const { epoch, ghostDwell } = life
  let [shortest, longest] = [Number.POSITIVE_INFINITY, 0]
  for (let i = from; i <= to; i++) {
    shortest = Math.min(shortest, ghostDwell[i]!)
    longest = Math.max(longest, ghostDwell[i]!)
  }
  return {
    from: epoch[from]!,
    to: epoch[to]!,
    before: fateBeyond(life, from, from - 1),
    after: fateBeyond(life, to, to + 1),
    dwell: [shortest, longest],
  }
}

/** What a look without a ghost, next to one with, has in its place. */
function fateBeyond(
  { fixedPoints, slowPoints, epoch }: LatentLife,
  inside: number,
  outside: number,
): GhostFate {
  if (!(outside in epoch)) return 'end of the looks'
  if (fixedPoints[outside]! > fixedPoints[inside]!) return 'fixed points'
  return slowPoints[outside]! < slowPoints[inside]! ? 'no slow point' : 'not on the way'
}

function indicesWhere(
  values: Float64Array,
  matches: (here: number, before: number | undefined) => boolean,
): number[] {
  const found: number[] = []
  for (let i = 0; i < values.length; i++) if (matches(values[i]!, values[i - 1])) found.push(i)
  return found
}
