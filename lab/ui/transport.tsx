import type { ReadonlySignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Player } from '../rooms/room.js'

export interface ScrubberProps {
  readonly label: string
  /** The present place. */
  readonly at: ReadonlySignal<number>
  /** The last place there is. */
  readonly end: ReadonlySignal<number>
  readonly onMove: (to: number) => void
  /** What to say of the place, e.g. `epoch 5163 of 6000`. */
  readonly text: ReadonlySignal<string>
}

/** Play, step, repeat, new seed, and a scrubber. */
export function Transport({
  player,
  scrubber,
}: {
  readonly player: Player
  readonly scrubber?: ScrubberProps
}) {
  const { playing } = player
  return (
    <div class="transport">
      <button type="button" class="primary" onClick={() => player.toggle()} aria-keyshortcuts="Space">
        {playing.value ? 'Pause' : 'Play'}
      </button>
      <button type="button" onClick={() => player.step()} aria-keyshortcuts="ArrowRight">
        Step
      </button>
      <button type="button" onClick={() => player.repeat()} aria-keyshortcuts="R">
        Repeat
      </button>
      <button type="button" onClick={() => player.renew()} aria-keyshortcuts="N">
        {player.renewLabel}
      </button>
      {scrubber !== undefined && <Scrubber {...scrubber} />}
    </div>
  )
}

function Scrubber({ label, at, end, onMove, text }: ScrubberProps) {
  const id = useId()
  return (
    <div class="scrubber">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={Math.max(1, end.value)}
        step={1}
        value={at.value}
        aria-valuetext={text.value}
        onInput={event => onMove(event.currentTarget.valueAsNumber)}
      />
      <output for={id}>{text}</output>
    </div>
  )
}
