import { computed, effect, signal } from '@preact/signals'
import { formatCount, formatNumber } from '../../../src/figures/numbers.js'
import type { Events } from '../../../src/training/events.js'
import { announce } from '../../ui/announce.js'
import { latent, training } from './clients.js'
import { playing, settled } from './playback.js'

/** What happened in the training so far, in its order: the falls and the loss of learning, and changes by hand. */
export interface Happening {
  readonly epoch: number
  readonly name: string
  readonly kind: 'fall' | 'ghost' | 'collapse' | 'change'
}

const nothing: Events = {
  firstFall: undefined,
  secondFall: undefined,
  collapse: undefined,
  recoveries: 0,
  lowest: undefined,
}

export const events = computed(() => training.progress.value?.events ?? nothing)

/** Looks in a row that have to see a ghost, each at both of its epochs: some are there at every other epoch. */
const lasting = 4

/** The first look at which there was a ghost that lasted. It stays when looks between become fewer. */
const ghostSince = signal<number | undefined>(undefined)

function followGhost(): void {
  effect(() => {
    latent.version.value
    const { life } = latent
    if (life.length < lasting) ghostSince.value = undefined
    if (ghostSince.peek() !== undefined) return
    let run = 0
    const end = life.findIndex(({ dwell }) => {
      run = dwell.some(Number.isNaN) ? 0 : run + 1
      return run === lasting
    })
    ghostSince.value = life[end - lasting + 1]?.epoch
  })
}

const found = computed<readonly Happening[]>(() => {
  const { firstFall, secondFall, collapse } = events.value
  const at = (epoch: number | undefined, name: string, kind: Happening['kind']): Happening[] =>
    epoch === undefined ? [] : [{ epoch, name, kind }]
  const changes = (training.progress.value?.changes ?? []).flatMap(({ epoch, rate, confidence }) => [
    ...at(rate === undefined ? undefined : epoch, `rate ${formatNumber(rate ?? 0)}`, 'change'),
    ...at(confidence === undefined ? undefined : epoch, `c = ${formatNumber(confidence ?? 0)}`, 'change'),
  ])
  return [
    ...at(firstFall, 'first fall', 'fall'),
    ...at(secondFall, 'second fall', 'fall'),
    ...at(ghostSince.value, 'ghost', 'ghost'),
    ...changes,
    ...at(collapse, 'collapse', 'collapse'),
  ].sort((a, b) => a.epoch - b.epoch)
})

let last: readonly Happening[] = []

/** The same list as long as it says the same, for progress comes many times a second. */
export const happenings = computed(() => {
  const next = found.value
  const same =
    next.length === last.length &&
    next.every(({ epoch, name }, i) => epoch === last[i]!.epoch && name === last[i]!.name)
  if (!same) last = next
  return last
})

/** Says each of them once, when it happens; not what was caught up with. */
export function startAnnouncing(): void {
  followGhost()
  let known: readonly string[] = []
  let recoveries = 0
  let wasSettled = false
  effect(() => {
    const progress = training.progress.value
    const happened = happenings.value
    const named = happened.map(({ epoch, name }) => `${name} ${epoch}`)
    if (progress !== undefined && wasSettled) {
      const news = happened
        .filter((_, i) => !known.includes(named[i]!))
        // Ghosts are looked for after the fact, also in what was caught up with.
        .filter(({ kind }) => kind !== 'ghost' || playing.peek())
        .map(sentence)
      const { recoveries: undone, collapse } = events.value
      if (undone > recoveries && collapse === undefined) news.push('What was lost is learned again.')
      if (news.length > 0) announce(news.join(' '))
    }
    wasSettled = progress !== undefined && settled.peek()
    known = named
    recoveries = events.value.recoveries
  })
}

function sentence({ epoch, name, kind }: Happening): string {
  const at = `epoch ${formatCount(epoch)}`
  if (kind === 'change') return `From ${at} on: ${name}.`
  if (kind === 'ghost') return `A ghost has formed by ${at}.`
  if (kind === 'collapse') return `Learning is lost at ${at}.`
  return `${name === 'first fall' ? 'First fall' : 'Second fall'} of the loss at ${at}.`
}
