import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChild } from 'preact'
import type { RoomState } from '../state/fields.js'

/** What plays in a room: the keys and the buttons of its transport ask it. */
export interface Player {
  readonly playing: ReadonlySignal<boolean>
  /** Space. */
  toggle(): void
  /** →: one step further, paused. */
  step(): void
  /** R: the same once more, from the start. */
  repeat(): void
  /** N: with a new seed, or a new start where nothing is random. */
  renew(): void
  /** What the last one is called. */
  readonly renewLabel: string
}

/** One of the rooms of the page. */
export interface Room {
  /** In links and as the anchor. */
  readonly id: string
  readonly title: string
  /** What is seen here and why, readable without any picture. */
  readonly prose: ComponentChild
  readonly state: RoomState
  readonly player: Player
  /**
   * Makes what its state says: called at the start and whenever a link was applied. The first call of all comes once
   * the room is in view or asked for, so that the page opens fast.
   */
  open(): void
  /** Pictures and controls. */
  readonly View: () => ComponentChild
  /** `ghostpoint …` that computes the same numbers as what is seen now; undefined if there is none. */
  command(): string | undefined
}
