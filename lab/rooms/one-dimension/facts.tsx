import { computed } from '@preact/signals'
import { formatCount, formatNumber, formatPower } from '../../../src/figures/numbers.js'
import { epoch } from './clock.js'
import { path } from './path.js'
import { run } from './run.js'

/** The numbers of the present epoch, and theory's. */

const now = computed(() => {
  const described = path.value
  if (described === undefined) return undefined
  const at = epoch.value
  return {
    relative: described.r[at]! / described.run.best,
    loss: described.loss[at]!,
    gradient: described.gradient[at]!,
  }
})

const unit = computed(() => (run.value.weight === 1 ? ' time units' : ''))

/** Four digits, so that a hop is seen. */
const epochText = computed(() => formatCount(epoch.value))
const relativeText = computed(() => (now.value === undefined ? '–' : formatNumber(now.value.relative, 4)))
const lossText = computed(() =>
  now.value === undefined ? '–' : `${formatNumber(now.value.loss, 4)}${unit.value}`,
)
const gradientText = computed(() => {
  const gradient = now.value?.gradient
  if (gradient === undefined) return '–'
  return gradient === 0 ? '0' : formatPower(gradient)
})
const ratioText = computed(() => formatNumber(run.value.ratio, 4))
const arrivalText = computed(() => `epoch ${formatCount(run.value.arrival)}`)
const floorText = computed(() => {
  const { floor, ratio } = run.value
  if (floor === undefined) return ratio > 1 ? 'none' : '–'
  return `${formatNumber(floor)}${unit.value}`
})

const facts = [
  ['Epoch', 'epoch', epochText],
  ['r / r*', 'r', relativeText],
  ['Loss', 'loss', lossText],
  ['Gradient dL/dr', 'gradient', gradientText],
  ['α / critical rate', 'ratio', ratioText],
  ['Predicted arrival τ*', 'arrival', arrivalText],
  ['Predicted floor', 'floor', floorText],
] as const

export function Facts() {
  return (
    <dl class="facts">
      {facts.map(([label, name, text]) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd data-fact={name}>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
