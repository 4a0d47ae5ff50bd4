import { formatCount } from '../../../src/figures/numbers.js'
import { moments } from './moments.js'
import { scrub } from './player.js'

/** What happened, as buttons that go there. */
export function MomentButtons() {
  return (
    <fieldset class="moments">
      <legend>Events</legend>
      {moments.value.length === 0 && <p>none so far</p>}
      {moments.value.map(({ name, epoch }) => (
        <button type="button" key={name} onClick={() => scrub(epoch)}>
          {name}: {formatCount(epoch)}
        </button>
      ))}
    </fieldset>
  )
}
