import { computed, effect, untracked } from '@preact/signals'
import { formatCount } from '../../../src/figures/numbers.js'
import { announce } from '../../ui/announce.js'
import { rankThreshold } from './comparison.js'
import { many, pair, player, started } from './player.js'
import { experiment } from './state.js'
import { confidenceNames, rankNames } from './twin-names.js'

/** What happened abruptly in a pair of trainings, and when. */
export interface Moment {
  /** Tells it from the others. */
  readonly name: string
  readonly epoch: number
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
  const names = confidenceNames()
  const before = first?.firstCollapse ?? Number.POSITIVE_INFINITY
  const { firstFall, secondFall } = first?.events ?? {}
  return [
    ...moment('first fall', firstFall),
    // One that comes after the collapse is part of another story.
    ...moment('second fall', secondFall !== undefined && secondFall < before ? secondFall : undefined),
    ...moment('collapse', first?.firstCollapse, true),
    ...moment(`${names[0]} learns again`, first?.regained),
    ...moment(`${names[1]} learns again`, second?.regained),
  ]
}

function rankMoments(): Moment[] {
  pair.version.value
  const names = rankNames()
  return (pair.progress.value?.twins ?? []).flatMap(({ events }, i) => [
    ...moment(`${names[i]}: first fall`, events.firstFall),
    ...moment(`${names[i]}: below 1%`, firstBelow(i)),
    ...moment(`${names[i]}: collapse`, events.collapse, true),
  ])
}

function moment(name: string, epoch: number | undefined, lost = false): Moment[] {
  return epoch === undefined ? [] : [{ name, epoch, lost }]
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
  // A collapse may be undone and come again: by its name it is announced once.
  const news = moments.value.filter(({ name }) => !announced.has(name))
  for (const { name } of news) announced.add(name)
  if (news.length === 0 || !untracked(() => player.playing.value)) return
  announce(news.map(({ name, epoch }) => `${name} at epoch ${formatCount(epoch)}`).join('; '))
})

effect(() => {
  const now = many.progress.value
  if (now === undefined || !now.ended || announced.has('end')) return
  announced.add('end')
  const learned = now.runs.filter(({ verdict }) => verdict === 'learned' || verdict === 'again').length
  announce(`${learned} of ${now.runs.length} networks have learned`)
})
