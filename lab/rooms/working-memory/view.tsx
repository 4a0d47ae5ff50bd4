import { computed } from '@preact/signals'
import { type PointSymbol, pointName, symbolOf } from '../../../src/figures/flow-map/symbols.js'
import { componentNames, latentNames } from '../../../src/figures/flow-map.js'
import { formatCount, formatNumber, formatPercent } from '../../../src/figures/numbers.js'
import { Picture } from '../../ui/picture.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import { provenanceOf } from '../../ui/provenance.js'
import { Transport } from '../../ui/transport.js'
import type { FrameSize } from '../../work/plane-layout.js'
import { end, failure, goal, moveTo, network, place } from './clock.js'
import { Controls } from './controls.js'
import { EventButtons } from './events.js'
import { lookFailure, memory, seen } from './looks.js'
import { lossMoving, lossSpec } from './loss-picture.js'
import { mapSpec, nearestPoint } from './map-picture.js'
import { outputsSpec } from './outputs-picture.js'
import { OwnView } from './own-view.js'
import { player } from './player.js'
import { Points } from './points.js'
import { roomId, state, values } from './state.js'

/** Speeds of the bands of all maps, in latent variables or rates per time constant: colours compare between epochs. */
const speeds = { latent: [0.05, 5], states: [0.1, 10] } as const
/** Symbols that come and go in a training. */
const symbols: readonly PointSymbol[] = ['stable', 'saddle', 'unstable', 'ghost', 'slow']

let frame: FrameSize = { width: 480, height: 380 }

function flowSpec(): PictureSpec | undefined {
  const look = seen.value
  if (look === undefined) return undefined
  const { map, layout, epoch, shares } = look
  const [names, bands] =
    shares === undefined ? [latentNames(2), speeds.latent] : [componentNames(shares), speeds.states]
  const title = `Flow without input, epoch ${formatCount(epoch)}`
  return mapSpec({ title, map, coordinates: names, speeds: bands, symbols, layout }, size => {
    frame = size
    memory.peek()?.frameIs(size)
  })
}

function flowMoving(): MovingMark[] {
  const look = seen.value
  const point = look?.map.points[values.point.value - 1]
  if (point === undefined || look?.epoch !== place.value) return []
  return [{ kind: 'halo', x: point.at[0]!, y: point.at[1]!, colour: 'measurement' }]
}

/** Looks closer at a slow point: what plays is stopped where the map is of. */
function choose(number: number): void {
  const look = seen.peek()
  if (look === undefined) return
  if (player.playing.peek() || place.peek() !== look.epoch) moveTo(look.epoch)
  values.point.value = number
}

function pick(x: number, y: number): void {
  const look = seen.peek()
  if (look !== undefined) choose((nearestPoint(look.map, [x, y], frame) ?? -1) + 1)
}

const placeText = computed(() =>
  goal.value === undefined
    ? `epoch ${formatCount(place.value)} of ${formatCount(values.epochs.value)}`
    : `training to epoch ${formatCount(goal.value)}: ${formatCount(end.value)}`,
)

export function View() {
  const problem = failure.value ?? lookFailure.value
  return (
    <div class="memory">
      <Transport
        player={player}
        scrubber={{ label: 'Epoch', at: place, end, onMove: moveTo, text: placeText }}
      />
      <Facts />
      {problem !== undefined && (
        <p class="failure" role="alert">
          {problem}
        </p>
      )}
      <EventButtons />
      <Pictures />
      <Controls />
      <OwnView provenance={provenance} />
    </div>
  )
}

function Pictures() {
  return (
    <div class="pictures">
      <div>
        <Picture
          name="mem-flow"
          title="Flow without input"
          height={540}
          spec={flowSpec}
          moving={flowMoving}
          provenance={provenance}
          onPick={pick}
        />
        <FoundPoints />
      </div>
      <div>
        <Picture
          name="mem-loss"
          title="Loss and accuracy"
          height={340}
          spec={lossSpec}
          moving={lossMoving}
          provenance={provenance}
          onPick={moveTo}
        />
        <Picture
          name="mem-outputs"
          title="Outputs of the trials"
          height={300}
          spec={outputsSpec}
          provenance={provenance}
        />
      </div>
    </div>
  )
}

function FoundPoints() {
  const look = seen.value
  if (look === undefined) return null
  const { points, near, subject } = look
  return (
    <Points
      label="Slow points in this map"
      points={points}
      chosen={place.value === look.epoch ? values.point.value : 0}
      onChoose={choose}
      leak={subject.model.leak}
      coordinates={look.shares === undefined ? latentNames(2) : []}
      dimension={look.map.dimension}
      more={index => [['near the paths of the trials', near[index] ? 'yes' : 'no']]}
    />
  )
}

const mapEpoch = computed(() => (seen.value === undefined ? '–' : formatCount(seen.value.epoch)))
const row = computed(() => network.value?.row)
const found = computed(() => {
  const look = seen.value
  if (look === undefined) return '–'
  const counts = new Map<PointSymbol, number>()
  for (const point of look.points) {
    const symbol = symbolOf(point, look.map.dimension)
    counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  }
  return [...counts].map(([symbol, count]) => `${count} ${pointName(symbol, count)}`).join(', ') || 'none'
})

function Facts() {
  const now = row.value
  return (
    <dl class="facts memory-now">
      <div>
        <dt>Epoch</dt>
        <dd data-fact="epoch">{formatCount(network.value?.epoch ?? 0)}</dd>
      </div>
      <div>
        <dt>Loss</dt>
        <dd data-fact="loss">{now === undefined ? '–' : formatNumber(now.loss, 4)}</dd>
      </div>
      <div>
        <dt>Accuracy</dt>
        <dd data-fact="accuracy">{now === undefined ? '–' : formatPercent(now.accuracy)}</dd>
      </div>
      <div class="memory-found">
        <dt>
          In the map of epoch <span data-fact="map-epoch">{mapEpoch}</span>
        </dt>
        <dd data-fact="points">{found}</dd>
      </div>
    </dl>
  )
}

const provenance = () => provenanceOf({ id: roomId, title: 'A working memory' }, state)
