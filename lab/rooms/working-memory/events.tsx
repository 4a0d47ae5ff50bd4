import { computed, effect } from '@preact/signals'
import { formatCount, formatNumber } from '../../../src/figures/numbers.js'
import { announce } from '../../ui/announce.js'
import { begun, moveTo, playing, training } from './clock.js'
import { lastingEvents } from './lasting-events.js'
import { sightings } from './looks.js'

/** What happens on the way: said once when it comes, and buttons that go there. */

interface RoomEvent {
  readonly name: string
  readonly at: number
  readonly label: string
  readonly said: string
}

const events = computed<readonly RoomEvent[]>(() => {
  const progress = training.value?.progress.value
  const found = progress && lastingEvents(progress)
  const ghost = sightings.value.find(({ ghosts }) => ghosts > 0)
  const event = (name: string, at: number | undefined, said: (epoch: string) => string): RoomEvent[] =>
    at === undefined
      ? []
      : [{ name, at, label: `${name}: epoch ${formatCount(at)}`, said: said(formatCount(at)) }]
  return [
    ...event(
      'ghost seen',
      ghost?.epoch,
      epoch =>
        `a ghost near the paths of the trials at epoch ${epoch}; its passage takes ${formatNumber(ghost?.dwell ?? 0, 2)} steps`,
    ),
    ...event(
      'first fall',
      found?.firstFall,
      epoch => `first fall at epoch ${epoch}: the loss is below half of its plateau`,
    ),
    ...event(
      'second fall',
      found?.secondFall,
      epoch => `second fall at epoch ${epoch}: the loss is below a tenth of its plateau`,
    ),
    ...event(
      'collapse',
      found?.collapse,
      epoch => `collapse at epoch ${epoch}: the loss is back on its plateau, and stays there`,
    ),
  ].sort((a, b) => a.at - b.at)
})

/** Says events as they come; where nothing plays, nothing is news. */
export function announceEvents(): void {
  const said = new Set<string>()
  effect(() => {
    if (begun.value !== undefined) said.clear()
  })
  effect(() => {
    const news = events.value.filter(({ name }) => !said.has(name))
    for (const { name } of news) said.add(name)
    if (news.length > 0 && playing.peek()) announce(news.map(({ said: text }) => text).join('; '))
  })
}

export function EventButtons() {
  const diverged = training.value?.progress.value?.divergedAt
  return (
    <fieldset class="menu memory-events" aria-label="Events of this training">
      {events.value.length === 0 && <p>Nothing has happened yet: the loss is on its plateau.</p>}
      {events.value.map(({ name, at, label }) => (
        <button type="button" key={name} onClick={() => moveTo(at)}>
          {label}
        </button>
      ))}
      {diverged !== undefined && <p>Diverged at epoch {formatCount(diverged)}: the loss is not finite.</p>}
    </fieldset>
  )
}
