import { flowOf } from '../../analysis/analysed-network.js'
import { freePath, mapNetwork } from '../../analysis/network-map.js'
import type { SlowPoint } from '../../dynamics/slow-point.js'
import { componentNames, drawFlowMaps, type FlowMapsData, latentNames } from '../../figures/flow-map.js'
import { type WrittenFigure, writeFigure } from '../../report/figure-files.js'
import type { Question } from './question.js'

/** Paths in a map. */
const mostPaths = 8
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
  const paths =
    trials.length > 0
      ? trials.slice(0, mostPaths)
      : starts.slice(0, mostPaths).map(start => freePath(flow, start))
  const data = { id: 'flow', title: 'Flow of the network', speedUnit: 'state per time constant' }
  const slowPoints = points
    .filter(({ kind }) => kind !== 'slow')
    .concat(points.filter(({ kind }) => kind === 'slow'))
  const { map, shares } = mapNetwork(flow, slowPoints, paths)
  if (shares === undefined) {
    const coordinates =
      network.coordinates === 'latent' ? latentNames(flow.dimension) : ['x₁', 'x₂'].slice(0, flow.dimension)
    return { ...data, coordinates, maps: [{ title: 'Flow', map }] }
  }
  return {
    ...data,
    coordinates: componentNames(shares),
    maps: [{ title: 'Flow on two components', map }],
    spectra: spectraOf(points, flow.step),
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
