import { effect } from '@preact/signals'
import { ChoiceControl, NumberControl } from '../../ui/controls.js'
import { Transport } from '../../ui/transport.js'
import type { Room } from '../room.js'
import { latent, training } from './clients.js'
import { confidence, rate, setConfidence, setRate, startConditions } from './conditions.js'
import { EventsBar } from './events-bar.js'
import { Facts } from './facts.js'
import { startAnnouncing } from './happenings.js'
import { Pictures } from './pictures.js'
import { epochText, lastEpoch, shown, shownEpoch } from './place.js'
import {
  endAt,
  goTo,
  open,
  playing,
  presentSettings,
  renew,
  repeat,
  restart,
  startPlayback,
  step,
  toggle,
} from './playback.js'
import { prose } from './prose.js'
import { startReplay } from './replay.js'
import { trainCommand } from './settings.js'
import { fields, roomId, state, values } from './state.js'
import { startTrialClock } from './trial-clock.js'

const player: Room['player'] = { playing, toggle, step, repeat, renew, renewLabel: 'New seed' }

let started = false

function openRoom(): void {
  if (!started) {
    started = true
    startPlayback()
    startReplay()
    startConditions()
    startAnnouncing()
    startTrialClock()
    effect(lookAtShown)
  }
  open()
}

/** Hands the network shown to the worker that takes it apart. */
function lookAtShown(): void {
  const look = shown.value
  if (look === undefined) return
  const { epoch, parameters, confidence: c } = look
  latent.look({ epoch, parameters, confidence: c ?? values.c.peek(), steps: 2 * values.delay.peek() })
}

function View() {
  const failure =
    training.failure.value !== undefined
      ? `The training stopped: ${training.failure.value}.`
      : latent.failure.value && `The flow cannot be looked at: ${latent.failure.value}.`
  return (
    <>
      <Transport
        player={player}
        scrubber={{ label: 'Epoch', at: shownEpoch, end: lastEpoch, onMove: goTo, text: epochText }}
      />
      {failure !== undefined && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
      <EventsBar />
      <Facts />
      <Pictures />
      <Controls />
    </>
  )
}

function Controls() {
  return (
    <div class="controls">
      <NumberControl field={fields.rate} value={rate} onChange={setRate} />
      <NumberControl field={fields.c} value={confidence} onChange={setConfidence} />
      <NumberControl field={fields.delay} value={values.delay} onChange={delay => restart({ delay })} />
      <NumberControl field={fields.seed} value={values.seed} onChange={seed => restart({ seed })} />
      <NumberControl field={fields.epochs} value={values.epochs} onChange={endAt} />
      <NumberControl field={fields.speed} value={values.speed} />
      <ChoiceControl field={fields.axis} value={values.axis} />
    </div>
  )
}

/** Computes the epoch shown, and as its last one. */
function command(): string | undefined {
  return trainCommand({ ...presentSettings(), epochs: shownEpoch.peek() + 1 })
}

export const network: Room = {
  id: roomId,
  title: 'A network',
  prose,
  state,
  player,
  open: openRoom,
  View: () => <View />,
  command,
}
