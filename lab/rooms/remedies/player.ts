import { computed, effect, signal, untracked } from '@preact/signals'
import { calm, currentRoom } from '../../state/page.js'
import { announce } from '../../ui/announce.js'
import { ManyClient } from '../../work/many-client.js'
import { PairClient } from '../../work/pair-client.js'
import type { Player } from '../room.js'
import { manyJob, pairJob, rankOneSettings } from './jobs.js'
import { experiment, seedCount, speed, state, values } from './state.js'

/** What trains in this room, and where in its time the reader looks. */

export const roomId = 'remedies'
export const pair = new PairClient()
export const many = new ManyClient()

/** Epochs of a step. */
const stepEpochs = 100
/** Seeds that a search tries. */
const tries = 100

const playing = signal(false)
/** The epoch that is looked at; undefined for the last one trained. */
const scrubbed = signal<number | undefined>(undefined)
/** Counts the trainings started, so that each event is announced once. */
export const started = signal(0)

const progress = computed(() => (experiment() === 'many' ? many.progress.value : pair.progress.value))

/** The last epoch that has been measured. */
export const end = computed(() => Math.max(0, (progress.value?.epoch ?? 0) - 1))

/** The epoch that is seen: its network before its update, and its loss. */
export const place = computed(() => scrubbed.value ?? end.value)

/** The networks at the place; undefined until they are known. */
export const shownLook = computed(() => {
  const at = scrubbed.value
  return at === undefined ? pair.present.value : pair.looked.value
})

export const player: Player = {
  playing,
  toggle() {
    if (playing.peek()) pause()
    else play()
  },
  step() {
    pause()
    const at = scrubbed.peek()
    if (at === undefined) work().step(stepEpochs)
    else if (at + stepEpochs < end.peek()) scrub(at + stepEpochs)
    else {
      scrubbed.value = undefined
      work().step(at + stepEpochs - end.peek())
    }
  },
  repeat() {
    restart()
  },
  renew() {
    if (experiment() === 'confidence') return searchOn()
    if (experiment() === 'rank') change('seed')((values.seed.peek() + 1) % (state.fields.seed.max + 1))
    else {
      const next = values.first.peek() + seedCount
      change('first')(next > state.fields.first.max ? 0 : next)
    }
  },
  get renewLabel() {
    const labels = { confidence: 'Next seed that collapses', rank: 'Next seed', many: 'Next 40 seeds' }
    return labels[experiment()]
  },
}

/** Makes what the fields say. */
export function open(): void {
  const last = values.epochs.peek() - 1
  const at = Math.min(values.epoch.peek(), last)
  const to = Math.min(Math.max(values.to.peek(), at), last)
  if (to > 0) begin({ to, at, play: false })
  else restart()
}

/** From the start, or the end at once for readers who ask for no motion. */
export function restart(): void {
  beginAnew(!calm)
}

function beginAnew(play: boolean): void {
  forgetPlace()
  const to = calm ? values.epochs.peek() - 1 : undefined
  begin({ to, at: to, play })
}

/** Sets a field, and begins anew with it. */
export function change<Key extends keyof typeof values>(key: Key) {
  return (value: (typeof values)[Key]['value']) => {
    values[key].value = value
    restart()
  }
}

/** Another speed, from here on. */
export function changeSpeed(value: string): void {
  values.speed.value = value
  if (playing.peek()) setPace()
}

/** Another confidence for the twin that has it lowered, at the same place in time. */
export function changeConfidence(value: number): void {
  values.c.value = value
  if (experiment() === 'confidence') pair.lowerTo(value)
  else restart()
}

/** Looks at the epoch, of those that have been trained, that is nearest to a place on the axis. */
export function scrub(to: number): void {
  pause()
  if (experiment() === 'many') return
  const at = Math.max(0, Math.round(to))
  scrubbed.value = at >= end.peek() ? undefined : at
  if (scrubbed.value !== undefined) pair.look(scrubbed.value)
  keepPlace()
}

interface Beginning {
  /** The epoch that is reached as fast as it goes; undefined to start with the first at the pace. */
  readonly to?: number | undefined
  /** The epoch that is looked at; the last one unless given. */
  readonly at?: number | undefined
  readonly play: boolean
}

function begin({ to, at, play }: Beginning): void {
  const goal = to === undefined ? 0 : to + 1
  scrubbed.value = at !== undefined && to !== undefined && at < to ? at : undefined
  playing.value = play
  started.value++
  const from = { goal, pace: pace(), reportInterval: reportInterval() }
  if (experiment() === 'many') {
    pair.close()
    many.start(manyJob(), from)
  } else {
    many.close()
    pair.start(pairJob(), from)
  }
}

/** Readers who ask for no motion see progress, not movement. */
function reportInterval(): number {
  if (calm) return 1000
  return experiment() === 'many' ? 80 : 30
}

function play(): void {
  const at = scrubbed.peek()
  const ended = progress.peek()?.ended ?? false
  if (pair.searching.peek() !== undefined) restart()
  // What lies ahead of the place that is looked at is trained once more.
  else if (at !== undefined || ended) playFrom(at)
  else {
    playing.value = true
    forgetPlace()
    setPace()
  }
}

function playFrom(at: number | undefined): void {
  forgetPlace()
  begin({ to: at, play: true })
}

function pause(): void {
  playing.value = false
  setPace()
}

function work(): PairClient | ManyClient {
  return experiment() === 'many' ? many : pair
}

function pace() {
  return { playing: playing.peek() && currentRoom.peek() === roomId, speed: speed() }
}

function setPace(): void {
  work().pace(pace())
}

function forgetPlace(): void {
  values.epoch.value = 0
  values.to.value = 0
}

/** Writes where it is paused into the link. */
function keepPlace(): void {
  const now = progress.peek()
  if (playing.peek() || !now?.settled) return
  const at = place.peek()
  values.epoch.value = at
  values.to.value = end.peek() > at ? end.peek() : 0
}

function searchOn(): void {
  playing.value = false
  const after = (values.seed.peek() + 1) % (state.fields.seed.max + 1)
  announce('looking for the next seed that collapses')
  const last = Math.min(tries, state.fields.seed.max + 1 - after)
  pair.search(rankOneSettings(0), { seed: after, tries: last }, found => {
    if (found !== undefined) return change('seed')(found)
    announce(`none of the seeds ${after} to ${after + last - 1} collapses within the epochs`)
    beginAnew(false)
  })
}

// Nothing trains where nobody looks.
effect(() => {
  currentRoom.value
  untracked(setPace)
})

effect(() => {
  const now = progress.value
  if (now === undefined || !now.settled) return
  untracked(() => {
    if (now.ended) playing.value = false
    keepPlace()
    const at = scrubbed.peek()
    // Behind the place there may be another network than before.
    if (at !== undefined) pair.look(at)
  })
})
