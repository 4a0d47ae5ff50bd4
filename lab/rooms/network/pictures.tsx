import { computed } from '@preact/signals'
import { Picture } from '../../ui/picture.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import { provenanceOf } from '../../ui/provenance.js'
import { slowed } from '../../ui/slowed.js'
import { latent, training } from './clients.js'
import { flowPicture } from './flow-picture.js'
import { happenings } from './happenings.js'
import { type EpochAxis, epochAxis, historyPicture } from './history-picture.js'
import { lifePicture } from './life-picture.js'
import { shown, shownEpoch } from './place.js'
import { goTo, presentSettings } from './playback.js'
import { roomId, state, values } from './state.js'
import { between, trialStep } from './trial-clock.js'
import { trialPicture } from './trial-picture.js'

/** The four pictures of the room. */
export function Pictures() {
  return (
    <div class="pictures network-pictures">
      <Picture
        name="network-history"
        title="Loss and gradient through training"
        height={300}
        spec={historySpec}
        moving={presentRule}
        provenance={provenance}
        onPick={goTo}
      />
      <Picture
        name="network-flow"
        title="Latent flow"
        height={300}
        spec={() => (latent.view.value === undefined ? undefined : flowPicture(latent.view.value))}
        moving={stateDot}
        provenance={provenance}
      />
      <Picture
        name="network-ghost"
        title="The ghost through training"
        height={250}
        spec={lifeSpec}
        moving={presentRule}
        provenance={provenance}
        onPick={goTo}
      />
      <Picture
        name="network-output"
        title="Output of the network in one trial"
        height={250}
        spec={trialSpec}
        moving={stepRule}
        provenance={provenance}
      />
    </div>
  )
}

/** The field has no other values. */
const axis = computed(() => values.axis.value as EpochAxis)
/** The close-up moves with the epoch shown, whole axes stand still. */
const axisPlace = computed(() => (axis.value === 'close' ? shownEpoch.value : 0))
const sharedAxis = computed(() =>
  epochAxis({ axis: axis.value, epochs: values.epochs.value, shown: axisPlace.value }),
)

/** Milliseconds between two drawings of what goes through the whole training. */
const slowly = 120
const historyChanged = slowed(() => [training.version.value, shown.value], slowly)
const lifeChanged = slowed(() => latent.version.value, slowly)

function historySpec(): PictureSpec {
  historyChanged.value
  return historyPicture(
    {
      axis: axis.value,
      epochs: values.epochs.value,
      shown: axisPlace.value,
      history: training.history,
      bins: training.bins.peek(),
      around: axis.value === 'close' ? closeUp() : undefined,
      happenings: happenings.value,
      row: shown.peek()?.row,
    },
    sharedAxis.value,
  )
}

function closeUp() {
  const around = training.looked.value?.around
  if (around === undefined) return undefined
  const { firstEpoch, loss, gradientNorm } = around
  return { epoch: loss.map((_, i) => firstEpoch + i), loss, gradientNorm }
}

function lifeSpec(): PictureSpec {
  lifeChanged.value
  return lifePicture(latent.life, sharedAxis.value)
}

function trialSpec(): PictureSpec | undefined {
  const view = latent.view.value
  // The trial that was looked at has its own length, whatever is set meanwhile.
  return view && trialPicture({ view, delay: view.trial.outputs.length / 2 })
}

function presentRule(): MovingMark[] {
  const least = axis.value === 'log' ? 1 : 0
  return [{ kind: 'rule', x: Math.max(least, shownEpoch.value), colour: 'ink' }]
}

function stateDot(): MovingMark[] {
  const kappa = latent.view.value?.trial.kappa
  if (kappa === undefined || trialStep.value === 0) return []
  return [{ kind: 'dot', x: between(kappa, trialStep.value), y: 0, colour: 'measurement' }]
}

function stepRule(): MovingMark[] {
  return trialStep.value === 0 ? [] : [{ kind: 'rule', x: trialStep.value, colour: 'axis' }]
}

const provenance = () => provenanceOf({ id: roomId, title: 'A network' }, state, { ...presentSettings() })
