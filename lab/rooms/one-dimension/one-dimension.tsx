import type { Room } from '../room.js'
import { roomId, startAsSet, startClock } from './clock.js'
import { announceEvents } from './events.js'
import { followMeasurements } from './measured.js'
import { followRun } from './path.js'
import { player } from './player.js'
import { run } from './run.js'
import { state, values } from './state.js'
import { View } from './view.js'

let opened = false

export const oneDimension: Room = {
  id: roomId,
  title: 'One dimension',
  prose: <Prose />,
  state,
  player,
  open() {
    values.rate.value = run.peek().rate
    if (!opened) {
      opened = true
      followRun()
      followMeasurements()
      startClock()
      announceEvents()
    }
    startAsSet()
  },
  View,
  command() {
    const { confidence, times, rate, start, best } = run.peek()
    // Theory knows what becomes of a descent at infinite confidence alone.
    if (confidence !== Number.POSITIVE_INFINITY) return undefined
    return `ghostpoint theory --delay ${times.delay} --rate ${rate} --start ${start / best}`
  },
}

function Prose() {
  return (
    <>
      <p>
        The smallest system that learns abruptly: one state x that starts at 0 and follows x′ = x² + r, and
        one parameter r. Its output is off until x blows up, at the time t* = π/(2√r); it should stay off for
        a time T and be on for as long after it. So gradient descent lowers r to r* = π²/(4T²), and for most
        of the epochs the loss hardly changes: from r₀ = 10 r* it falls 849 times as much in its steepest
        epoch as in the first. No fixed point appears or vanishes on the way. What slows the state is the
        ghost: the place around x = 0 where two fixed points would meet at r = 0, which takes π/√r to pass.
      </p>
      <p>
        Below r*/4 the blow-up comes after the trial has ended. There the loss is level and its gradient
        exactly 0: a no-learning zone, which begins before the bifurcation at r = 0. Because the loss has a
        kink at r*, descent never settles but hops about it, and its largest hop down grows with the learning
        rate. Above the critical rate α<sub>c</sub> = 3π⁴/(32 T⁵) that hop reaches the zone, and learning is
        lost: of 40 starts none is lost at 0.95 α<sub>c</sub>, all 40 are at 1.05 α<sub>c</sub>. With a
        read-out of finite confidence the gradient in the zone is small instead of 0: at a confidence of 0.5
        and a rate of 2 × 10⁻⁹ the simulated descent climbs out after 439 epochs, and falls in again.
      </p>
    </>
  )
}
