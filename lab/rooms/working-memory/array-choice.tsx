import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { arrayLine, arrays, names, search } from './own.js'

/** Says which arrays of a file are the network, where their names do not. */
export function ArrayChoice() {
  const [weights, bias, rows] = [useSignal(''), useSignal(''), useSignal(false)]
  const square = arrays.value.filter(
    ({ shape }) => shape.length === 2 && shape[0] === shape[1] && shape[0]! > 0,
  )
  const chosen = square.find(({ name }) => name === weights.value) ?? square[0]
  if (chosen === undefined) return null
  const fitting = arrays.value.filter(({ shape }) => shape.length === 1 && shape[0] === chosen.shape[0])
  const chosenBias = fitting.find(({ name }) => name === bias.value)
  const submit = () => {
    names.value = {
      weights: chosen.name,
      ...(chosenBias === undefined ? {} : { bias: chosenBias.name }),
      ...(rows.value ? { transpose: true } : {}),
    }
    search(undefined)
  }
  return (
    <fieldset class="memory-choice">
      <legend>Which arrays are the network?</legend>
      <Choice label="Recurrent weights" value={chosen.name} onChange={name => (weights.value = name)}>
        {square.map(array => [array.name, arrayLine(array)])}
      </Choice>
      <Choice label="Bias" value={chosenBias?.name ?? ''} onChange={name => (bias.value = name)}>
        {[['', 'none'], ...fitting.map(array => [array.name, arrayLine(array)] as const)]}
      </Choice>
      <label class="control flag">
        <input
          type="checkbox"
          checked={rows.value}
          onChange={event => (rows.value = event.currentTarget.checked)}
        />
        states are rows: x·W, not W·x
      </label>
      <button type="button" onClick={submit}>
        Search
      </button>
    </fieldset>
  )
}

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly children: readonly (readonly [string, string])[]
}) {
  const id = useId()
  return (
    <div class="control">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={event => onChange(event.currentTarget.value)}>
        {children.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}
