import type { Events } from '../training/events.js'
import type { VerticalMarker } from './marker-labels.js'
import { formatCount } from './numbers.js'
import type { Theme } from './theme.js'

/** Rules at what happened abruptly in a training, of what did. */
export function eventMarkers(
  { firstFall, secondFall, collapse }: Pick<Events, 'firstFall' | 'secondFall' | 'collapse'>,
  { colours }: Theme,
): VerticalMarker[] {
  const marker = (name: string, at: number | undefined, colour: string): VerticalMarker[] =>
    at === undefined ? [] : [{ at, label: `${name} ${formatCount(at)}`, colour, dashed: true }]
  return [
    ...marker('first fall', firstFall, colours.muted),
    ...marker('second fall', secondFall, colours.muted),
    ...marker('collapse', collapse, colours.lost),
  ]
}
