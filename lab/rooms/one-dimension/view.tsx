import { computed } from '@preact/signals'
import { useId } from 'preact/hooks'
import { formatCount, formatFixed } from '../../../src/figures/numbers.js'
import { Picture } from '../../ui/picture.js'
import { provenanceOf } from '../../ui/provenance.js'
import { Transport } from '../../ui/transport.js'
import { lossMoving, lossSpec, parameterMoving, parameterSpec } from './by-epoch.js'
import { epoch, moveTo, moveTrialTo, roomId, trialTime } from './clock.js'
import { EventButtons } from './events.js'
import { Facts } from './facts.js'
import { landscapeMoving, landscapeSpec } from './landscape.js'
import { failure } from './path.js'
import { phaseLineMoving, phaseLineSpec } from './phase-line.js'
import { player } from './player.js'
import { rateAxisMoving, rateAxisSpec } from './rate-axis.js'
import { run, threeDigits } from './run.js'
import { Settings, setRate } from './settings.js'
import { state } from './state.js'
import { trialMoving, trialSpec } from './trial.js'

const horizon = computed(() => run.value.horizon)
const placeText = computed(() => `epoch ${formatCount(epoch.value)} of ${formatCount(horizon.value)}`)

/** Px: two rows and the transport fit a screen. */
const height = 272

/** Long because it is a list: of all that the room shows. */
export function View() {
  return (
    <div class="one-dimension">
      <Transport
        player={player}
        scrubber={{ label: 'Epoch', at: epoch, end: horizon, onMove: moveTo, text: placeText }}
      />
      <Facts />
      {failure.value !== undefined && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
      <EventButtons />
      <div class="pictures">
        <Picture
          name="1d-phase-line"
          title="Phase line"
          height={height}
          spec={phaseLineSpec}
          moving={phaseLineMoving}
          provenance={provenance}
        />
        <Picture
          name="1d-landscape"
          title="Loss landscape"
          height={height}
          spec={landscapeSpec}
          moving={landscapeMoving}
          provenance={provenance}
        />
        <Picture
          name="1d-loss"
          title="Loss"
          height={height}
          spec={lossSpec}
          moving={lossMoving}
          provenance={provenance}
          onPick={moveTo}
        />
        <Picture
          name="1d-rates"
          title="Which rates lose learning"
          height={height}
          spec={rateAxisSpec}
          moving={rateAxisMoving}
          provenance={provenance}
          onPick={rate => setRate(threeDigits(rate))}
        />
        <Picture
          name="1d-parameter"
          title="Descent of r"
          height={height}
          spec={parameterSpec}
          moving={parameterMoving}
          provenance={provenance}
          onPick={moveTo}
        />
        <div>
          <Picture
            name="1d-trial"
            title="One trial"
            height={height}
            spec={trialSpec}
            moving={trialMoving}
            provenance={provenance}
            onPick={moveTrialTo}
          />
          <TrialScrubber />
        </div>
      </div>
      <Settings />
    </div>
  )
}

function TrialScrubber() {
  const id = useId()
  const text = `t = ${formatFixed(trialTime.value, 2)} T`
  return (
    <div class="scrubber">
      <label for={id}>Time in the trial</label>
      <input
        id={id}
        type="range"
        min={0}
        max={2}
        step={0.01}
        value={trialTime.value}
        aria-valuetext={text}
        onInput={event => moveTrialTo(event.currentTarget.valueAsNumber)}
      />
      <output for={id}>{text}</output>
    </div>
  )
}

const provenance = () => provenanceOf({ id: roomId, title: 'One dimension' }, state)
