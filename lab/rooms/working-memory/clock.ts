import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { calm, currentRoom } from '../../state/page.js'
import { everyFrame } from '../../ui/frames.js'
import type { KeptReport } from '../../work/protocol.js'
import { TrainingClient } from '../../work/training-client.js'
import { type Run, run, settingsInput } from './settings.js'
import { roomId, state, values } from './state.js'

/**
 * The training and the place in it. It trains while it plays at its end; where a reader has gone back, playing shows
 * again what was trained, and goes on training from the end.
 */

export const playing = signal(false)
/** Exists once the room was opened. */
const client = signal<TrainingClient | undefined>(undefined)
/** The epoch that a reader has gone back to; undefined at the end of what is trained. */
const past = signal<number | undefined>(undefined)
/** What is trained. */
export const begun = signal<Run | undefined>(undefined)
/** The epoch that is being trained up to at full speed. */
export const goal = signal<number | undefined>(undefined)

export const training: ReadonlySignal<TrainingClient | undefined> = client
/** The last epoch trained. */
export const end = computed(() => client.value?.present.value?.epoch ?? 0)
/** The epoch in view. */
export const place = computed(() => past.value ?? end.value)
export const failure = computed(() => client.value?.failure.value)
/** The network in view, or the last one before it that is known. */
export const network = computed(() =>
  past.value === undefined ? client.value?.present.value : client.value?.looked.value,
)

/** Parameters of evenly spaced epochs of the present training, and their spacing. */
export const keptNetworks = new Map<number, Float64Array>()
export let keptSpacing = 1

/** Milliseconds between two looks at the past while it is played. */
const replayInterval = 60

export const inView = computed(() => currentRoom.value === roomId)
const speed = computed(() => {
  const { max } = state.fields.speed
  return values.speed.value >= max ? Number.POSITIVE_INFINITY : values.speed.value
})

/** Follows fields, worker and frames of the page, from now on. */
export function startClock(): void {
  if (client.peek() !== undefined) return
  const started = new TrainingClient({ kept: true, onKept: keep })
  client.value = started
  effect(() => started.pace(playing.value && past.value === undefined && inView.value, speed.value))
  effect(() => started.endAt(values.epochs.value))
  effect(() => {
    if (goal.value !== undefined && (end.value >= goal.value || started.ended.value)) goal.value = undefined
  })
  effect(() => {
    // The worker trains on for a moment before it hears that it should not.
    const at = end.value
    const rests = !playing.value && past.value === undefined && goal.value === undefined
    if (rests && begun.peek() !== undefined && values.epoch.peek() > 0) values.epoch.value = at
  })
  effect(() => {
    if (started.ended.value && playing.peek() && past.peek() === undefined) pause()
  })
  everyFrame(() => playing.value && past.value !== undefined && inView.value, replay)
}

function keep({ spacing, kept }: KeptReport): void {
  for (const epoch of keptNetworks.keys()) if (epoch % spacing !== 0) keptNetworks.delete(epoch)
  for (const { epoch, parameters } of kept) keptNetworks.set(epoch, parameters)
  keptSpacing = spacing
}

/** Starts as the fields say: paused at their epoch, or from the start; where no motion is wanted, at the end. */
export function startAsSet(): void {
  const last = values.epochs.peek() - 1
  const asked = Math.min(values.epoch.peek(), last)
  if (asked > 0) begin({ until: calm ? last : asked, at: calm && asked < last ? asked : undefined })
  else if (calm) begin({ until: last, at: undefined })
  else begin({ until: undefined, at: undefined })
}

/** A room that is handled is the current one, wherever the page is scrolled to. */
function attend(): void {
  currentRoom.value = roomId
}

/** Trains anew what is set now. */
export function startAnew(): void {
  attend()
  leavePlace()
  begin({ until: calm ? values.epochs.peek() - 1 : undefined, at: undefined })
}

/** Trains to an epoch at once and shows it, or another on the way; without one, plays from the start. */
function begin({ until, at }: { readonly until: number | undefined; readonly at: number | undefined }): void {
  const started = client.peek()!
  batch(() => {
    // A new object each time: the same settings twice are two trainings.
    begun.value = { ...run.peek() }
    keptNetworks.clear()
    goal.value = until
    past.value = at
    playing.value = until === undefined
    const catchUp = until === undefined ? 0 : until + 1
    const pace = { playing: until === undefined && inView.peek(), speed: speed.peek() }
    started.start(settingsInput(run.peek(), values.epochs.peek()), { catchUp, ...pace })
    if (at !== undefined) started.look(at)
  })
}

export function play(): void {
  attend()
  leavePlace()
  batch(() => {
    goal.value = undefined
    if (past.peek() === undefined && client.peek()!.ended.peek()) past.value = 0
    exact = past.peek() ?? 0
    playing.value = true
  })
}

/** Stops, and writes the place into the link. */
export function pause(): void {
  batch(() => {
    playing.value = false
    values.epoch.value = past.peek() ?? goal.peek() ?? end.peek()
  })
}

/** Goes to an epoch that is trained and stays there. */
export function moveTo(epoch: number): void {
  attend()
  const to = Math.max(0, Math.min(Math.round(epoch), end.peek()))
  batch(() => {
    playing.value = false
    values.point.value = 0
    values.epoch.value = to
    goal.value = undefined
    past.value = to === end.peek() ? undefined : to
  })
  if (past.peek() !== undefined) client.peek()!.look(to)
}

/** One epoch further. */
export function step(): void {
  attend()
  if (past.peek() !== undefined) {
    moveTo(place.peek() + 1)
    return
  }
  const started = client.peek()!
  pause()
  if (started.ended.peek()) return
  values.point.value = 0
  values.epoch.value = end.peek() + 1
  started.step(1)
}

/** The place in view is no longer one that a link should open at. */
function leavePlace(): void {
  batch(() => {
    values.epoch.value = 0
    values.point.value = 0
  })
}

/** Where the replay is, exactly. */
let exact = 0
let lastLook = 0

/** Plays what was trained. */
function replay(passed: number, now: number): void {
  exact = Math.max(exact, past.peek()!) + (speed.peek() * passed) / 1000
  if (exact >= end.peek()) {
    const { ended } = client.peek()!
    batch(() => {
      past.value = undefined
      if (ended.peek()) pause()
    })
    return
  }
  const to = Math.floor(exact)
  if (to !== past.peek()) past.value = to
  if (now - lastLook >= replayInterval) {
    lastLook = now
    client.peek()!.look(to)
  }
}
