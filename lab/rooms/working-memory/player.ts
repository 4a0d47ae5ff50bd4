import type { Player } from '../room.js'
import { pause, play, playing, startAnew, step, training } from './clock.js'
import { state, values } from './state.js'

/** Nothing plays before the room was opened. */
const opened = () => training.peek() !== undefined

export const player: Player = {
  playing,
  toggle() {
    if (!opened()) return
    if (playing.peek()) pause()
    else play()
  },
  step() {
    if (opened()) step()
  },
  repeat() {
    if (opened()) startAnew()
  },
  renew() {
    const { max } = state.fields.seed
    values.seed.value = values.seed.peek() >= max ? 0 : values.seed.peek() + 1
    if (opened()) startAnew()
  },
  renewLabel: 'New seed',
}
