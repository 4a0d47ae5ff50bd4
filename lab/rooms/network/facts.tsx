import { computed } from '@preact/signals'
import { formatCount, formatNumber } from '../../../src/figures/numbers.js'
import { latent, training } from './clients.js'
import { events } from './happenings.js'
import { shown, shownEpoch } from './place.js'
import { verdictOf } from './verdict.js'

/** The numbers of the epoch shown. */

/** Of a silent network, whose delay is as long as its response. */
const silentLoss = 1

const verdict = computed(() => {
  const row = shown.value?.row
  const first = training.progress.value?.first
  if (row === undefined || first === undefined) return undefined
  return verdictOf({ row, first, events: events.value, silentLoss })
})

const facts = computed<readonly (readonly [name: string, value: string])[]>(() => {
  const look = shown.value
  const portrait = latent.view.value?.portrait
  const number = (value: number | undefined) => (value === undefined ? '–' : formatNumber(value))
  const ghost = portrait?.ghost
  return [
    ['Epoch', formatCount(shownEpoch.value)],
    ['Loss', number(look?.row?.loss)],
    ['Gradient norm', number(look?.row?.gradientNorm)],
    ['Rate', number(look?.rate)],
    ['κ(0)', number(latent.view.value?.trial.kappa[0])],
    ['Fixed points', portrait === undefined ? '–' : String(portrait.fixedPoints.length)],
    [
      'F at the ghost',
      portrait === undefined ? '–' : ghost === undefined ? 'no ghost' : formatNumber(ghost.speed),
    ],
    ['Dwell time', ghost === undefined ? '–' : `${formatNumber(ghost.dwellSteps)} steps`],
  ]
})

export function Facts() {
  return (
    <>
      <p class="network-verdict" data-state={verdict.value?.state}>
        {verdict.value === undefined ? 'The training begins.' : `The network ${wording(verdict.value.text)}.`}
      </p>
      <dl class="facts network-facts">
        {facts.value.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function wording(text: string): string {
  return text.startsWith('has') ? text : `is ${text}`
}
