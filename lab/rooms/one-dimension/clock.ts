import { batch, effect, signal } from '@preact/signals'
import { calm, currentRoom } from '../../state/page.js'
import { everyFrame } from '../../ui/frames.js'
import { known, path } from './path.js'
import { run } from './run.js'
import { values } from './state.js'

/**
 * The two times of the room: the epoch of the descent, and the time within a trial, which runs over and over while the
 * descent plays. Plays only while the room is the one in view.
 */
export const playing = signal(false)
export const epoch = signal(0)
/** The epoch that pictures are drawn at: the present one, but while playing no more often than a picture needs. */
export const shownEpoch = signal(0)
/** In units of T, 0 … 2. */
export const trialTime = signal(0)
/** The epoch whose r the running trial has: a trial keeps the r that it began with. */
export const trialEpoch = signal(0)

/** The room, as `currentRoom` names it. */
export const roomId = 'one-dimension'
/** Milliseconds of one trial. */
const trialDuration = 3000
/** Milliseconds between two drawings while playing. */
const drawInterval = 100

/** Exact epoch, of which {@link epoch} is the whole part. */
let exact = 0
/** Where it is to stand once the worker has come that far. */
let wanted: number | undefined
/** While a link or a setting is put into force, nothing is news. */
let quiet = true
let lastDrawn = 0

export const isQuiet = () => quiet

export function play(): void {
  quiet = false
  if (epoch.peek() >= run.peek().horizon) placeAt(0, 0)
  wanted = undefined
  values.epoch.value = 0
  playing.value = true
}

/** Stops, and writes the place into the link. */
export function pause(): void {
  wanted = undefined
  batch(() => {
    playing.value = false
    settle(epoch.peek())
  })
}

/** Goes to an epoch and stays there. */
export function moveTo(to: number): void {
  quiet = false
  batch(() => {
    playing.value = false
    placeAt(Math.max(0, Math.min(Math.round(to), run.peek().horizon)), trialTime.peek())
    settle(wanted ?? epoch.peek())
  })
}

/** Goes to a time within the trial, in units of T. */
export function moveTrialTo(time: number): void {
  trialTime.value = Math.max(0, Math.min(2, time))
  if (!playing.peek()) values.time.value = rounded(trialTime.peek())
}

export function playFromStart(): void {
  placeAt(0, 0)
  values.time.value = 0
  play()
}

/** Shows the end at once. */
function showEnd(): void {
  batch(() => {
    playing.value = false
    placeAt(run.peek().horizon, trialTime.peek())
  })
}

/** Starts as the fields say: paused at their epoch, or from the start. */
export function startAsSet(): void {
  quiet = true
  batch(() => {
    playing.value = false
    placeAt(Math.min(values.epoch.peek(), run.peek().horizon), values.time.peek())
  })
  if (values.epoch.peek() > 0) return
  if (calm) showEnd()
  else play()
}

/** After something was set: goes on from the start, unless the reader had stopped it on the way to look. */
export function startAnew(): void {
  const { horizon } = run.peek()
  const looking = !playing.peek() && epoch.peek() > 0 && epoch.peek() < (path.peek()?.run.horizon ?? 0)
  if (looking) moveTo(Math.min(epoch.peek(), horizon))
  else if (calm) showEnd()
  else playFromStart()
  quiet = looking
}

/** Follows the worker and the frames of the page, from now on. */
export function startClock(): void {
  effect(() => {
    const rows = known.value
    if (wanted !== undefined && path.value?.run === run.peek()) placeAt(wanted, trialTime.peek(), rows)
  })
  everyFrame(() => playing.value && currentRoom.value === roomId, pass)
}

function pass(passed: number, now: number): void {
  if (path.peek()?.run !== run.peek()) return
  batch(() => {
    exact = Math.min(exact + (values.speed.peek() * passed) / 1000, known.peek() - 1)
    epoch.value = Math.floor(exact)
    passTrialTime((2 * passed) / trialDuration)
    if (now - lastDrawn >= drawInterval) {
      lastDrawn = now
      shownEpoch.value = epoch.peek()
    }
    if (epoch.peek() >= run.peek().horizon) pause()
  })
}

function passTrialTime(by: number): void {
  const next = trialTime.peek() + by
  trialTime.value = next >= 2 ? 0 : next
  if (next >= 2) trialEpoch.value = epoch.peek()
}

/** Puts both times, the epoch as far as it is known; the rest of the way is gone when it is. */
function placeAt(to: number, time: number, rows = knownOf()): void {
  const reached = Math.min(to, Math.max(0, rows - 1))
  wanted = reached < to ? to : undefined
  exact = reached
  batch(() => {
    epoch.value = reached
    shownEpoch.value = reached
    trialEpoch.value = reached
    trialTime.value = time
  })
}

function knownOf(): number {
  return path.peek()?.run === run.peek() ? known.peek() : 0
}

/** Writes a place into the fields. */
function settle(at: number): void {
  values.epoch.value = at
  values.time.value = rounded(trialTime.peek())
  shownEpoch.value = epoch.peek()
  trialEpoch.value = epoch.peek()
}

const rounded = (time: number) => Number(time.toFixed(3))
