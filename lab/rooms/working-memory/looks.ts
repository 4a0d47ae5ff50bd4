import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { MemoryClient, type SeenLook } from '../../work/memory-client.js'
import type { MemorySubject } from '../../work/memory-look.js'
import { begun, end, goal, inView, keptNetworks, keptSpacing, network, playing } from './clock.js'
import { epochInGap, type Sighting, sightingOf, withSighting } from './sightings.js'

/**
 * The slow points of the network in view: a few times a second while it plays, always of the last one in the end. What
 * rests is looked at wherever the page is scrolled to, so that no map is left behind of what was paused.
 */

/** Milliseconds between two looks while it plays. */
const lookInterval = 300

const client = signal<MemoryClient | undefined>(undefined)

export const memory: ReadonlySignal<MemoryClient | undefined> = client
/** The last look; undefined until there is one of the present training. */
export const seen = computed<SeenLook | undefined>(() => {
  const look = client.value?.seen.value
  return look?.subject === begun.value ? look : undefined
})
export const lookFailure = computed(() => client.value?.failure.value)
const kept = signal<{ readonly of: MemorySubject | undefined; readonly list: readonly Sighting[] }>({
  of: undefined,
  list: [],
})
/** All looks of the present training, epochs ascending. */
export const sightings = computed(() => (kept.value.of === begun.value ? kept.value.list : nothing))
const nothing: readonly Sighting[] = []

/** Looks at whatever is in view, from now on. */
export function startLooking(): void {
  if (client.peek() !== undefined) return
  const started = new MemoryClient(() => (playing.peek() ? lookInterval : 0))
  client.value = started
  effect(() => {
    if (begun.value !== undefined) started.forget()
  })
  effect(() => {
    const [shown, subject] = [network.value, begun.value]
    const elsewhere = playing.value && !inView.value
    if (shown === undefined || subject === undefined || elsewhere || goal.value !== undefined) return
    const { epoch, parameters } = shown
    started.ask({ subject, epoch, parameters })
  })
  effect(() => {
    const look = seen.value
    if (look !== undefined) sighted(look)
  })
  effect(() => {
    const idle = !playing.value && goal.value === undefined && inView.value && !started.busy.value
    if (idle && end.value > 0) fillGaps(started)
  })
}

/** While nothing plays, looks where no look was yet, so that all of the training has been looked at. */
function fillGaps(started: MemoryClient): void {
  const [subject, last] = [begun.peek(), end.peek()]
  const epoch = epochInGap(last, keptSpacing, sightings.peek())
  const parameters = epoch === undefined ? undefined : keptNetworks.get(epoch)
  if (subject === undefined || epoch === undefined || parameters === undefined) return
  started.askAside({ subject, epoch, parameters }, look => {
    sighted(look)
    if (!playing.peek() && inView.peek() && begun.peek() === subject) fillGaps(started)
  })
}

function sighted(look: SeenLook): void {
  if (look.subject !== begun.peek()) return
  kept.value = { of: look.subject, list: withSighting(sightings.peek(), sightingOf(look)) }
}
