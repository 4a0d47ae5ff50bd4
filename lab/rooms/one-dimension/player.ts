import type { Player } from '../room.js'
import { epoch, moveTo, pause, play, playFromStart, playing } from './clock.js'
import { values } from './state.js'

/** The most draws there are. */
const mostDraws = 1e6

export const player: Player = {
  playing,
  toggle() {
    if (playing.peek()) pause()
    else play()
  },
  step() {
    moveTo(epoch.peek() + 1)
  },
  repeat: playFromStart,
  renew() {
    values.draw.value = values.draw.peek() >= mostDraws ? 1 : values.draw.peek() + 1
    playFromStart()
  },
  renewLabel: 'New start',
}
