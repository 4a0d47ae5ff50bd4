import { ChoiceControl, NumberControl } from '../../ui/controls.js'
import { startAnew } from './clock.js'
import { choose } from './settings.js'
import { state, values } from './state.js'

/** The controls of the room. Whatever changes the training starts it anew, once the reader's hand is still. */

const { fields } = state
/** Milliseconds. */
const stillness = 200

let timer: ReturnType<typeof setTimeout> | undefined

function startAnewSoon(): void {
  clearTimeout(timer)
  timer = setTimeout(startAnew, stillness)
}

type NumberKey = 'rate' | 'delay' | 'seed' | 'trials' | 'init' | 'noise'

function TrainedNumber({ name }: { readonly name: NumberKey }) {
  const set = (value: number) => {
    values[name].value = value
    startAnewSoon()
  }
  return <NumberControl field={fields[name]} value={values[name]} onChange={set} />
}

export function Controls() {
  return (
    <>
      <div class="controls">
        <ChoiceControl
          field={fields.task}
          value={values.task}
          onChange={task => {
            choose(task, values.rank.value)
            startAnewSoon()
          }}
        />
        <ChoiceControl
          field={fields.rank}
          value={values.rank}
          onChange={rank => {
            choose(values.task.value, rank)
            startAnewSoon()
          }}
        />
        <TrainedNumber name="rate" />
        <TrainedNumber name="delay" />
        <NumberControl field={fields.speed} value={values.speed} />
      </div>
      <details class="memory-more">
        <summary>More settings</summary>
        <div class="controls">
          <ChoiceControl
            field={fields.opt}
            value={values.opt}
            onChange={opt => {
              values.opt.value = opt
              startAnewSoon()
            }}
          />
          <TrainedNumber name="seed" />
          <TrainedNumber name="trials" />
          <TrainedNumber name="init" />
          <TrainedNumber name="noise" />
          <NumberControl field={fields.epochs} value={values.epochs} />
        </div>
      </details>
    </>
  )
}
