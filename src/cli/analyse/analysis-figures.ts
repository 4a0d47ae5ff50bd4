import type { Flow } from '../../dynamics/flow.js'
import { flowMap, type Path } from '../../dynamics/flow-map.js'
import type { SlowPoint } from '../../dynamics/slow-point.js'
import { componentNames, drawFlowMaps, type FlowMapsData, latentNames } from '../../figures/flow-map.js'
import { plusScaled } from '../../numerics/linear-algebra.js'
import { principalComponents } from '../../numerics/principal-components.js'
import { type WrittenFigure, writeFigure } from '../../report/figure-files.js'
import { flowOf } from './analysed-network.js'
import type { Question } from './question.js'

/** Paths in a map, and how long one is if the network is left to itself, in time constants. */
const mostPaths = 8
const pathLength = 60
/** Spectra beside a map. */
const mostSpectra = 3

/**
 * Draws the flow with its slow points, in latent variables where there are one or two, else in the first two
 * principal components of the visited states; with spectra of the points, the ghosts first. Writes it as flow.svg
 * and flow.png.
 * @param trials in the coordinates of the analysis; without any, some starts are followed
 */
export function writeFlowFigure(
  folder: string,
  question: Question,
  points: readonly SlowPoint[],
  trials: readonly (readonly Float64Array[])[],
): Promise<WrittenFigure> {
  const data = flowFigure(question, points, trials)
  return writeFigure(folder, 'flow', { draw: context => drawFlowMaps(data, context) })
}

function flowFigure(
  { network, starts }: Question,
  points: readonly SlowPoint[],
  trials: readonly (readonly Float64Array[])[],
): FlowMapsData {
  const flow = flowOf(network)
  const paths: Path[] = trials.slice(0, mostPaths).map(states => ({ states }))
  if (paths.length === 0)
    paths.push(...starts.slice(0, mostPaths).map(start => ({ states: pathFrom(flow, start) })))
  const data = { id: 'flow', title: 'Flow of the network', speedUnit: 'state per time constant' }
  const slowPoints = points
    .filter(({ kind }) => kind !== 'slow')
    .concat(points.filter(({ kind }) => kind === 'slow'))
  if (flow.dimension <= 2) {
    const map = flowMap(flow, { slowPoints, paths })
    const coordinates =
      network.coordinates === 'latent' ? latentNames(flow.dimension) : ['x₁', 'x₂'].slice(0, flow.dimension)
    return { ...data, coordinates, maps: [{ title: 'Flow', map }] }
  }
  const section = principalComponents(
    paths.flatMap(({ states }) => states),
    2,
  )
  const map = flowMap(flow, { section, slowPoints, paths })
  const spectra = spectraOf(points, flow.step)
  return {
    ...data,
    coordinates: componentNames(section.shares),
    maps: [{ title: 'Flow on two components', map }],
    spectra,
  }
}

function spectraOf(
  points: readonly SlowPoint[],
  step: number | undefined,
): NonNullable<FlowMapsData['spectra']> {
  const order: readonly SlowPoint['kind'][] = ['ghost', 'fixed point', 'slow']
  const chosen = order.flatMap(kind =>
    points
      .filter(point => point.kind === kind)
      .map((point, i) => ({ point, title: `Spectrum of ${kind} ${i + 1}` })),
  )
  return chosen.slice(0, mostSpectra).map(({ point, title }) => {
    const { real, imaginary } = point.spectrum
    return { title, real, imaginary, step }
  })
}

/** Where a network goes from a state when it is left to itself. */
function pathFrom(flow: Flow, start: Float64Array): Float64Array[] {
  const { step = 1 } = flow
  const states = [start]
  for (let time = 0; time < pathLength; time += step) {
    states.push(plusScaled(states.at(-1)!, flow.velocity(states.at(-1)!), step))
  }
  return states
}
