import { computed } from '@preact/signals'
import { formatNumber, formatPower } from '../../../src/figures/numbers.js'
import { ChoiceControl, NumberControl } from '../../ui/controls.js'
import { startAnew } from './clock.js'
import { normalisation, rateLimits, run, threeDigits } from './run.js'
import { state, values } from './state.js'

/** The controls of the room. Whatever changes the descent starts it anew. */

const { fields } = state

/** Sets the learning rate: as typed, or where the picture of the rates was clicked. */
export function setRate(rate: number): void {
  values.rate.value = rate
  // Within the limits of the delay in force.
  values.rate.value = run.peek().rate
  startAnew()
}

/** Sets what the critical rate depends on; the learning rate stays the same multiple of it. */
function setScale(change: () => void): void {
  const { ratio } = run.peek()
  change()
  const exact = ratio * run.peek().critical
  const rate = threeDigits(exact)
  // Rounding must not carry a rate to the other side of the critical one.
  values.rate.value = rate > run.peek().critical === ratio > 1 ? rate : exact
  startAnew()
}

const rateField = computed(() => ({
  ...fields.rate,
  ...rateLimits({ delay: values.delay.value }, normalisation.value),
}))

const rateNote = computed(
  () => `${formatNumber(run.value.ratio)} times the critical rate, ${formatPower(run.value.critical, 5)}`,
)

export function Settings() {
  return (
    <div class="controls">
      <div>
        <NumberControl field={rateField.value} value={values.rate} onChange={setRate} />
        <p class="one-dimension-note">{rateNote}</p>
      </div>
      <NumberControl
        field={fields.delay}
        value={values.delay}
        onChange={delay => setScale(() => (values.delay.value = delay))}
      />
      <NumberControl
        field={fields.start}
        value={values.start}
        onChange={start => {
          values.start.value = threeDigits(start)
          values.draw.value = 0
          startAnew()
        }}
      />
      <ChoiceControl
        field={fields.loss}
        value={values.loss}
        onChange={loss => setScale(() => (values.loss.value = loss))}
      />
      <ChoiceControl
        field={fields.a}
        value={values.a}
        onChange={confidence => {
          values.a.value = confidence
          startAnew()
        }}
      />
      <NumberControl field={fields.speed} value={values.speed} />
    </div>
  )
}
