import { computed, type ReadonlySignal, useComputed } from '@preact/signals'
import { describeSpectrum } from '../../../src/figures/flow-map/describe.js'
import { cellOf } from '../../../src/figures/flow-map/frame.js'
import {
  type SpectrumPicture,
  spectrumLegend,
  spectrumPanel,
} from '../../../src/figures/flow-map/spectrum.js'
import { formatNumber } from '../../../src/figures/numbers.js'
import { Picture } from '../../ui/picture.js'
import type { MovingMark, PictureSpec, Provenance } from '../../ui/picture-spec.js'
import type { OwnAnalysis, OwnNetwork } from '../../work/own-network.js'
import { mapSpec, nearestPoint } from './map-picture.js'
import { analyseCommand, file, mapCoordinates, ownPoint, stage } from './own.js'
import { nameOf } from './point-facts.js'
import { Points } from './points.js'

/** What was found in a reader's network: its flow, its slow points, the spectrum of the one that is looked at. */

/** More eigenvalues than this are seen better in a picture than in a table. */
const fewEigenvalues = 8
/** Px of the frame by which a click is near a point. */
const pickFrame = { width: 480, height: 400 }

const analysed = computed(() => (stage.value.kind === 'analysed' ? stage.value : undefined))

function ownMapSpec(): PictureSpec | undefined {
  const map = analysed.value?.analysis.map
  if (map === undefined) return undefined
  return mapSpec({ title: file.peek()?.name ?? 'Flow', map, coordinates: mapCoordinates.value })
}

function ownMapMoving(): MovingMark[] {
  const map = analysed.value?.analysis.map
  const at = map?.points[ownPoint.value - 1]?.at
  // On a line the velocity is the other axis, and a point has none there but its own.
  if (map === undefined || at === undefined) return []
  const y = at[1] ?? interpolated(map.grid[0]!, map.velocity[0]!, at[0]!)
  return [{ kind: 'halo', x: at[0]!, y, colour: 'measurement' }]
}

/** A value between the points of an even grid. */
function interpolated(grid: Float64Array, values: Float64Array, x: number): number {
  const [cell, share] = cellOf(grid, x)
  return (1 - share) * values[cell]! + share * values[cell + 1]!
}

function spectrumSpec(): PictureSpec | undefined {
  const present = analysed.value
  const point = present?.analysis.points[ownPoint.value - 1]
  if (present === undefined || point === undefined) return undefined
  const { real, imaginary } = point.spectrum
  const { dimension, weights } = present.network
  const title = `Spectrum of ${ownPoint.value}, ${nameOf(point, dimension)}`
  const picture: SpectrumPicture = { title, real, imaginary, step: weights.leak }
  return {
    panel: theme => ({ ...spectrumPanel(picture, theme), legend: spectrumLegend([picture], theme) }),
    summary: describeSpectrum(picture),
    table: () => ({
      columns: ['Re λ', 'Im λ', '|1 + αλ|'],
      rows: Array.from(real, (re, i) => [
        re,
        imaginary[i]!,
        Math.hypot(1 + weights.leak * re, weights.leak * imaginary[i]!),
      ]),
    }),
  }
}

export function OwnResults({
  network,
  analysis,
  provenance,
}: {
  readonly network: OwnNetwork
  readonly analysis: OwnAnalysis
  readonly provenance: () => Provenance
}) {
  const { points, readOuts, map, noMap, shares } = analysis
  const { dimension, weights } = network
  const ownProvenance = () => ({ ...provenance(), settings: { command: analyseCommand() ?? '' } })
  const coordinates = shares === undefined ? mapCoordinates.value : []
  const spectral: ReadonlySignal<boolean> = useComputed(() => ownPoint.value > 0)
  const choose = (number: number) => (ownPoint.value = number)
  return (
    <div class="pictures">
      {map === undefined ? (
        <p>There is no map: {noMap}.</p>
      ) : (
        <Picture
          name="mem-own-flow"
          title="Flow of your network"
          height={map.grid.length === 1 ? 320 : 520}
          spec={ownMapSpec}
          moving={ownMapMoving}
          provenance={ownProvenance}
          onPick={(x, y) => choose((nearestPoint(map, [x, y], pickFrame) ?? -1) + 1)}
        />
      )}
      <div>
        <Points
          label="Slow points of your network"
          points={points}
          chosen={ownPoint.value}
          onChoose={choose}
          leak={weights.leak}
          coordinates={coordinates}
          dimension={dimension}
          more={index => [
            ...(map === undefined || map.points[index]!.off === 0
              ? []
              : ([['distance from the map’s plane', formatNumber(map.points[index]!.off)]] as const)),
            ...(readOuts[index]!.length === 0
              ? []
              : ([
                  ['linear read-out', readOuts[index]!.map(value => formatNumber(value)).join(', ')],
                ] as const)),
          ]}
        />
        {spectral.value && dimension > fewEigenvalues && (
          <Picture
            name="mem-own-spectrum"
            title="Spectrum of the slow point"
            height={420}
            spec={spectrumSpec}
            provenance={ownProvenance}
          />
        )}
      </div>
    </div>
  )
}
