import { batch, computed, effect, signal } from '@preact/signals'
import { formatCount } from '../../../src/figures/numbers.js'
import { changesText, withChange } from '../../state/changes.js'
import type { LabChange } from '../../state/fields.js'
import { calm, currentRoom } from '../../state/page.js'
import { announce } from '../../ui/announce.js'
import { latent, training } from './clients.js'
import { following, head, pastEpoch, shownEpoch } from './place.js'
import { type Chosen, changesWithin, trainingSettings } from './settings.js'
import { fields, roomId, values } from './state.js'

/**
 * Plays the training. At its present epoch, to play is to train on; at an epoch of its past, to play is to go through
 * the past until the present is reached. The place is written into the fields, and so into the link, whenever it rests.
 */
export const playing = signal(false)

const hidden = signal(document.hidden)
/** Only in view, so that rooms do not compete. */
export const active = computed(() => currentRoom.value === roomId && !hidden.value)
/** Epochs a second. */
export const speed = computed(() =>
  values.speed.value >= fields.speed.max ? Number.POSITIVE_INFINITY : values.speed.value,
)

/** Epochs on either side of the one shown in the close-up. */
export const closeUpMargin = 100
/** Changes that a link keeps. */
const mostChanges = 50
/** By how much a training that has ended goes on if something is changed: a share of it. */
const extension = 0.25

/** Epochs to be trained before anything else. */
const catchUp = signal(0)
/** Trainings begun so far. */
export const begun = signal(0)
/** Whether the place is where it was to be. */
export const settled = computed(
  () => begun.value > 0 && (training.ended.value || (training.progress.value?.epoch ?? 0) >= catchUp.value),
)
/** The changes the training goes by, as text. */
let knownChanges = ''

export const presentSettings = (): Chosen => ({
  rate: values.rate.peek(),
  confidence: values.c.peek(),
  delay: values.delay.peek(),
  seed: values.seed.peek(),
  epochs: values.epochs.peek(),
  changes: values.changes.peek(),
})

interface Beginning {
  readonly playing: boolean
  /** Epochs to train at once. */
  readonly catchUp?: number
  /** An epoch of the past to be shown. */
  readonly at?: number | undefined
}

function begin(beginning: Beginning): void {
  const settings = presentSettings()
  knownChanges = changesText(changesWithin(settings))
  batch(() => {
    catchUp.value = Math.min(settings.epochs, beginning.catchUp ?? 0)
    begun.value++
    playing.value = beginning.playing
    following.value = beginning.at === undefined
    pastEpoch.value = beginning.at ?? 0
    latent.startAnew()
    training.start(trainingSettings(settings), {
      catchUp: catchUp.value,
      playing: paced(),
      speed: speed.peek(),
    })
  })
  if (beginning.at !== undefined) lookAt(beginning.at)
}

/** As the fields say: paused at their epoch, or from the start. */
export function open(): void {
  const [epoch, to] = [values.epoch.peek(), values.to.peek()]
  if (epoch === 0) {
    repeat()
    return
  }
  const last = values.epochs.peek() - 1
  const place = Math.min(epoch, last)
  begin({
    playing: false,
    catchUp: Math.max(place, to) + 1,
    at: Math.min(to, last) > place ? place : undefined,
  })
}

/** From the start; without motion, to the end at once. */
export function repeat(): void {
  if (calm) begin({ playing: false, catchUp: values.epochs.peek() })
  else begin({ playing: true })
}

export function renew(): void {
  restart({ seed: (values.seed.peek() + 1) % (fields.seed.max + 1) })
}

/** From the start, with something set that makes it another training. */
export function restart(set: { readonly delay: number } | { readonly seed: number }): void {
  if ('delay' in set) values.delay.value = set.delay
  else values.seed.value = set.seed
  repeat()
}

export function toggle(): void {
  if (playing.peek()) playing.value = false
  else if (following.peek() && training.ended.peek()) begin({ playing: true })
  else playing.value = true
}

export function step(): void {
  playing.value = false
  if (!following.peek()) goTo(pastEpoch.peek() + 1)
  else if (!training.ended.peek()) training.step(1)
}

/** Shows an epoch and stays there; one that is not trained yet is trained first. */
export function goTo(epoch: number): void {
  const place = Math.max(0, Math.min(Math.round(epoch), values.epochs.peek() - 1))
  batch(() => {
    playing.value = false
    following.value = false
    pastEpoch.value = place
    catchUp.value = Math.max(catchUp.peek(), place + 1)
  })
  training.reach(place + 1)
  lookAt(place)
}

/** Moves the end; what is trained already stays unless it lies behind it. */
export function endAt(epochs: number): void {
  const before = values.epochs.peek()
  values.epochs.value = epochs
  const grown = values.changes.peek().some(({ epoch }) => epoch >= before && epoch < epochs)
  if (epochs > head.peek() && !grown) training.endAt(epochs)
  else begin({ playing: playing.peek(), catchUp: Math.min(epochs, head.peek() + 1) })
}

/** Changes the rate or the confidence from the epoch after the one shown; before the first epoch, at the start. */
export function changeCondition(change: { readonly rate: number } | { readonly confidence: number }): void {
  const progress = training.progress.peek()
  if (progress === undefined || progress.epoch === 0) {
    if ('rate' in change) values.rate.value = change.rate
    else values.c.value = change.confidence
    begin({ playing: playing.peek() })
    return
  }
  const same = 'rate' in change ? change.rate === progress.rate : change.confidence === progress.confidence
  if (same && following.peek() && progress.ahead.length === 0) return
  const epoch = following.peek() ? progress.epoch : pastEpoch.peek() + 1
  const changes = withChange(values.changes.peek(), { epoch, ...change })
  if (changes.length > mostChanges) announce(`a link keeps ${mostChanges} changes, and there are as many`)
  else if (!following.peek()) branch(epoch, changes)
  else if (training.ended.peek()) goBeyondEnd(change)
  else training.change(change)
}

/** Another course from an epoch of the past on. */
function branch(epoch: number, changes: readonly LabChange[]): void {
  values.changes.value = changes
  begin({ playing: playing.peek(), catchUp: epoch })
}

/** A training that has ended goes on under what was changed. */
function goBeyondEnd(change: Omit<LabChange, 'epoch'>): void {
  const before = values.epochs.peek()
  const epochs = Math.min(fields.epochs.max, Math.ceil((before * (1 + extension)) / 100) * 100)
  if (epochs <= before || training.progress.peek()?.divergedAt !== undefined) {
    announce('this training cannot go on')
    return
  }
  values.epochs.value = epochs
  training.endAt(epochs)
  training.change(change)
  if (!calm) playing.value = true
  announce(`The training goes on to epoch ${formatCount(epochs)}.`)
}

export function forgetChanges(): void {
  values.changes.value = []
  repeat()
}

export function lookAt(epoch: number): void {
  training.look(epoch, values.axis.peek() === 'close' ? closeUpMargin : 0)
}

const paced = () => playing.peek() && following.peek() && active.peek()

/** Lets the workers and the fields follow what is set, from now on. */
export function startPlayback(): void {
  document.addEventListener('visibilitychange', () => {
    hidden.value = document.hidden
  })
  effect(() => {
    const pace = playing.value && following.value && active.value
    const epochs = speed.value
    if (begun.peek() > 0) training.pace(pace, epochs)
  })
  effect(() => {
    if (training.ended.value && following.value) playing.value = false
  })
  effect(() => {
    // The past has been gone through.
    if (settled.value && pastEpoch.value >= head.value) following.value = true
  })
  effect(writePlace)
  effect(writeChanges)
  effect(() => {
    const close = values.axis.value === 'close'
    if (close && following.value && training.present.value !== undefined) lookAt(head.peek())
    if (close && !following.value) lookAt(pastEpoch.peek())
  })
}

/** While it plays, a link is to play from the start; where it rests, a link is to rest there. */
function writePlace(): void {
  if (!settled.value) return
  const [epoch, to] = playing.value ? [0, 0] : [shownEpoch.value, following.value ? 0 : head.value]
  batch(() => {
    values.epoch.value = epoch
    values.to.value = to
  })
}

/** The worker knows from which epoch on a change by hand held. */
function writeChanges(): void {
  const progress = training.progress.value
  if (progress === undefined) return
  const changes = [...progress.changes, ...progress.ahead]
  if (changesText(changes) === knownChanges) return
  knownChanges = changesText(changes)
  values.changes.value = changes
}
