import type { Room } from '../room.js'
import { begun, place, startAsSet, startClock } from './clock.js'
import { announceEvents } from './events.js'
import { startLooking } from './looks.js'
import { followHistory } from './loss-picture.js'
import { analyseCommand } from './own.js'
import { player } from './player.js'
import { run, trainCommand } from './settings.js'
import { roomId, state } from './state.js'
import { View } from './view.js'

let opened = false

export const workingMemory: Room = {
  id: roomId,
  title: 'A working memory',
  prose: <Prose />,
  state,
  player,
  open() {
    if (!opened) {
      opened = true
      startClock()
      startLooking()
      followHistory()
      announceEvents()
    }
    startAsSet()
  },
  View,
  command: () => analyseCommand() ?? trainCommand(begun.peek() ?? run.peek(), place.peek()),
}

function Prose() {
  return (
    <>
      <p>
        A network of 100 neurons has to keep something in mind: whether a cue was + or −, or whether two cues
        that come a while apart are equal. Its recurrent weights have rank 2, unless full rank is chosen, so
        that all it remembers are two numbers, the latent variables κ₁ and κ₂, and everything it can do with
        them without input is one flow in a plane. The map shows that flow as training changes it: how fast it
        goes, where it comes to rest, and where it is merely slow. A <em>ghost</em> is a slow place without a
        fixed point: what passes it takes a while, whose length its dwell time foretells.
      </p>
      <p>
        In match to sample the loss rests for a while at that of a network that never answers, then at half of
        it: on the plateau of one that answers, but cannot tell the classes apart. Then it falls. Is there a
        ghost near the paths of the trials before? In this project’s standard runs there was in 7 of the 9
        networks that learned this task, with a median dwell time of 26 steps, and in 1 of the 5 that learned
        cue discrimination, where two stable fixed points hold the answer. So a ghost often announces that
        learning, but not always.
      </p>
    </>
  )
}
