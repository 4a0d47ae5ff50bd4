import type { MemoryLook } from '../../work/memory-look.js'

/** What a look found near the paths of the trials. */
export interface Sighting {
  readonly epoch: number
  readonly ghosts: number
  /** Longest dwell time of the ghosts, in steps; 0 without. */
  readonly dwell: number
  readonly stable: number
}

/** More are thinned to every other one. */
const mostSightings = 240

/** What a look found. */
export function sightingOf({
  epoch,
  points,
  near,
  map,
}: Pick<MemoryLook, 'epoch' | 'points' | 'near' | 'map'>): Sighting {
  const close = map.points.filter((_, i) => near[i])
  const ghosts = close.filter(({ kind }) => kind === 'ghost')
  return {
    epoch,
    ghosts: ghosts.length,
    dwell: Math.max(0, ...ghosts.map(({ dwell }) => dwell ?? 0)),
    stable: points.filter(({ kind, stable }, i) => near[i] && kind === 'fixed point' && stable).length,
  }
}

/** The sightings with one more, in its place. */
export function withSighting(sightings: readonly Sighting[], next: Sighting): readonly Sighting[] {
  const before = sightings.filter(({ epoch }) => epoch < next.epoch)
  const after = sightings.filter(({ epoch }) => epoch > next.epoch)
  const all = [...before, next, ...after]
  return all.length <= mostSightings ? all : all.filter((_, i) => i % 2 === 0)
}

/** Looks that a training is to have, evenly spaced. */
const wantedLooks = 48

/**
 * The first of evenly spaced epochs that no look was near of.
 * @param spacing epochs wanted are multiples of it
 */
export function epochInGap(
  last: number,
  spacing: number,
  looks: readonly Pick<Sighting, 'epoch'>[],
): number | undefined {
  const every = spacing * Math.max(1, Math.ceil(last / wantedLooks / spacing))
  for (let epoch = 0; epoch <= last; epoch += every) {
    if (looks.every(look => Math.abs(look.epoch - epoch) > every / 2)) return epoch
  }
  return undefined
}
