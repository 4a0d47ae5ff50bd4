import { computed, effect } from '@preact/signals'
import { formatCount } from '../../../src/figures/numbers.js'
import { announce } from '../../ui/announce.js'
import { epoch, isQuiet, moveTo } from './clock.js'
import { events, type Path, type PathEvents, path } from './path.js'

/** What happens on the way, in the order in which it does: said once when it comes, and buttons that go there. */

interface RoomEvent {
  readonly at: number
  readonly label: string
  readonly said: string
}

export function eventList({ arrived, lost, freed }: PathEvents, confidence: number): RoomEvent[] {
  const list: RoomEvent[] = []
  const add = (at: number | undefined, label: string, said: string) => {
    if (at !== undefined) list.push({ at, label: `${label}: epoch ${formatCount(at)}`, said })
  }
  // A step that arrives in the zone itself has passed r* without learning.
  if (arrived !== lost)
    add(arrived, 'reaches r*', `r reaches the optimum r* at epoch ${formatCount(arrived ?? 0)}`)
  const since = `from epoch ${formatCount(lost ?? 0)} on`
  if (confidence === Number.POSITIVE_INFINITY) {
    add(lost, 'lost in the zone', `lost: in the no-learning zone, gradient 0, ${since}`)
  } else {
    add(lost, 'enters the zone', `in the no-learning zone ${since}: the gradient is small, but not 0`)
  }
  add(freed, 'out of the zone', `out of the no-learning zone again at epoch ${formatCount(freed ?? 0)}`)
  return list.sort((a, b) => a.at - b.at)
}

/** Says events as the epoch passes them, each once a descent; those that a link starts behind are not said. */
export function announceEvents(): void {
  let present: Path | undefined
  let before = 0
  effect(() => {
    const [at, described] = [epoch.value, path.value]
    if (described === undefined) return
    if (described !== present) {
      present = described
      before = at
    }
    const news = eventList(events.value, described.run.confidence).filter(
      event => event.at > before && event.at <= at,
    )
    if (news.length > 0 && !isQuiet()) announce(news.map(({ said }) => said).join('; '))
    before = Math.max(before, at)
  })
}

const known = computed(() => eventList(events.value, path.value?.run.confidence ?? Number.POSITIVE_INFINITY))
const passed = computed(() => known.value.filter(({ at }) => at <= epoch.value).length)

/** Buttons that go to the events passed so far. */
export function EventButtons() {
  return (
    <fieldset class="menu one-dimension-events" aria-label="Events of this descent">
      {passed.value === 0 && <p>No event yet.</p>}
      {known.value.slice(0, passed.value).map(({ at, label }) => (
        <button type="button" key={label} onClick={() => moveTo(at)}>
          {label}
        </button>
      ))}
    </fieldset>
  )
}
