import { formatCount } from '../../../src/figures/numbers.js'
import { happenings } from './happenings.js'
import { forgetChanges, goTo } from './playback.js'
import { values } from './state.js'

/** What happened, as buttons that go there. */
export function EventsBar() {
  const happened = happenings.value
  return (
    <fieldset class="network-events" aria-label="Events of the training">
      {happened.length === 0 && <p>What happens in the training will stand here, to go back to.</p>}
      {happened.map(({ epoch, name, kind }) => (
        <button type="button" key={`${epoch} ${name}`} data-kind={kind} onClick={() => goTo(epoch)}>
          {name} <span>{formatCount(epoch)}</span>
        </button>
      ))}
      {values.changes.value.length > 0 && (
        <button type="button" class="quiet" onClick={forgetChanges}>
          Drop changes
        </button>
      )}
    </fieldset>
  )
}
