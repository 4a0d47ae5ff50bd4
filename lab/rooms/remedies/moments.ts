import { computed, effect, untracked } from '@preact/signals'
import { formatCount } from '../../../src/figures/numbers.js'
import { announce } from '../../ui/announce.js'
import { rankThreshold } from './comparison.js'
import { chosenRank, rankName } from './jobs.js'
import { many, pair, player, started } from './player.js'
import { experiment, values } from './state.js'

/** What happened abruptly in a pair of trainings, and when. */
export interface Moment {
  /** Tells it from the others. */
  readonly name: string
  readonly epoch: number
  /** Whose: the first twin, or the second. */
  readonly twin: 0 | 1
  readonly lost?: boolean
}

/** Epochs ascending. */
export const moments = computed((): readonly Moment[] => {
  if (experiment() === 'many') return []
  const found = experiment() === 'confidence' ? confidenceMoments() : rankMoments()
  return found.sort((a, b) => a.epoch - b.epoch)
})

function confidenceMoments(): Moment[] {
  const [first, second] = pair.progress.value?.twins ?? []
  const before = first?.firstCollapse ?? Number.POSITIVE_INFINITY
  const { firstFall, secondFall } = first?.events ?? {}
  return [
    ...moment('first fall', firstFall, 0),
    // One that comes after the collapse is part of another story.
    ...moment('second fall', secondFall !== undefined && secondFall < before ? secondFall : undefined, 0),
    ...moment('collapse', first?.firstCollapse, 0, true),
    ...moment('c = 10 learns again', first?.regained, 0),
    ...moment(`c = ${values.c.value} learns again`, second?.regained, 1),
  ]
}

function rankMoments(): Moment[] {
  pair.version.value
  const names = ['rank 1', rankName(chosenRank())]
  return (pair.progress.value?.twins ?? []).flatMap(({ events }, i) => {
    const twin = i === 0 ? 0 : 1
    return [
      ...moment(`${names[i]}: first fall`, events.firstFall, twin),
      ...moment(`${names[i]}: below 1%`, firstBelow(i), twin),
      ...moment(`${names[i]}: collapse`, events.collapse, twin, true),
    ]
  })
}

function moment(name: string, epoch: number | undefined, twin: 0 | 1, lost = false): Moment[] {
  return epoch === undefined ? [] : [{ name, epoch, twin, lost }]
}

/** The first epoch with a loss below 1% of the first. */
function firstBelow(twin: number): number | undefined {
  const { epoch, loss } = pair.traces[twin]!.history
  const i = loss.findIndex(value => value < rankThreshold * loss[0]!)
  return i < 0 ? undefined : epoch[i]!
}

const announced = new Set<string>()

effect(() => {
  started.value
  announced.clear()
})

effect(() => {
  for (const { name, epoch } of moments.value) {
    // A collapse may be undone and come again: by its name it is announced once.
    if (announced.has(name)) continue
    announced.add(name)
    if (untracked(() => player.playing.value)) announce(`${name} at epoch ${formatCount(epoch)}`)
  }
})

effect(() => {
  const now = many.progress.value
  if (now === undefined || !now.ended || announced.has('end')) return
  announced.add('end')
  const learned = now.runs.filter(({ verdict }) => verdict === 'learned' || verdict === 'again').length
  announce(`${learned} of ${now.runs.length} networks have learned`)
})
