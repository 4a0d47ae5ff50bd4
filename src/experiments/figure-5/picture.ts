import type { SlowPoint } from '../../dynamics/slow-point.js'
import type { FullRankData, Place3D, StateView } from '../../figures/figure-5/data.js'
import { formatCount, formatNumber } from '../../figures/numbers.js'
import { distance, euclideanNorm } from '../../numerics/linear-algebra.js'
import { principalComponents } from '../../numerics/principal-components.js'
import { project, type Subspace } from '../../numerics/subspace.js'
import { lookAtNetwork, type NetworkLook } from '../working-memory/look.js'
import { shownSnapshots } from '../working-memory/picture-epochs.js'
import type { KeptTraining } from '../working-memory/training.js'

/** What figure 5 shows of one training. */
export type FullRankPicture = Pick<FullRankData, 'views' | 'spectra'>

/** Epochs shown, and searches for slow points at each. */
const [viewCount, searches] = [4, 16] as const

/** States and slow points at the epochs shown, and the spectrum at the slow point nearest to the paths. */
export function fullRankPicture(training: KeptTraining, asked: readonly number[]): FullRankPicture {
  const shown = shownSnapshots(training, asked, viewCount).map(snapshot => ({
    epoch: snapshot.epoch,
    look: lookAtNetwork(training.settings, snapshot, searches),
  }))
  return {
    views: shown.map(({ epoch, look }) => viewOf(epoch, look)),
    spectra: shown.flatMap(({ epoch, look }) => spectrumOf(epoch, look)),
  }
}

function viewOf(epoch: number, { flow, paths, points, isNear }: NetworkLook): StateView {
  const components = principalComponents(
    paths.flatMap(({ states }) => states),
    3,
  )
  const near = points.filter(({ position }) => isNear(position))
  const places = paths.map(({ states }) => states.map(state => project(components, state)))
  const { middle, unit } = ballAround([
    ...places.flat(),
    ...near.map(({ position }) => project(components, position)),
  ])
  const placeOf = (at: Float64Array): Place3D => [
    (at[0]! - middle[0]!) / unit,
    (at[1]! - middle[1]!) / unit,
    (at[2]! - middle[2]!) / unit,
  ]
  return {
    epoch,
    shares: [...components.shares],
    unit,
    paths: paths.map(({ name, states }, i) => ({
      name,
      places: places[i]!.map(placeOf),
      speed: Float64Array.from(states, state => euclideanNorm(flow.velocity(state))),
    })),
    points: near.map(point => shownPoint(point, components, placeOf, flow.step!)),
    far: points.length - near.length,
  }
}

function shownPoint(
  { kind, stable, index, speed, position, canonicalForm }: SlowPoint,
  components: Subspace,
  placeOf: (at: Float64Array) => Place3D,
  step: number,
): StateView['points'][number] {
  const dwell = kind === 'ghost' ? canonicalForm?.dwellTime : undefined
  return {
    kind,
    stable,
    index,
    speed,
    dwell: dwell === undefined ? undefined : dwell / step,
    at: placeOf(project(components, position)),
  }
}

/** The middle of the places' box, and the distance of the farthest from it. */
function ballAround(places: readonly Float64Array[]): { middle: Float64Array; unit: number } {
  const middle = Float64Array.from({ length: 3 }, (_, k) => {
    const values = places.map(at => at[k]!)
    return (Math.min(...values) + Math.max(...values)) / 2
  })
  return { middle, unit: Math.max(...places.map(at => distance(at, middle))) || 1 }
}

/** The spectrum at the point nearest to a visited state; none where there is no point. */
function spectrumOf(epoch: number, { flow, paths, points }: NetworkLook): FullRankPicture['spectra'] {
  const visited = paths.flatMap(({ states }) => states)
  const off = ({ position }: SlowPoint) => Math.min(...visited.map(state => distance(state, position)))
  const nearest = [...points].sort((a, b) => off(a) - off(b))[0]
  if (nearest === undefined) return []
  const { real, imaginary } = nearest.spectrum
  const kind = nearest.kind === 'slow' ? 'slow point' : nearest.kind
  const title = `${formatCount(epoch)}: ${kind}, ${formatNumber(off(nearest), 2)} away`
  return [{ title, real, imaginary, step: flow.step }]
}
