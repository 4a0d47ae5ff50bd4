import type { Signal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { type ChoiceField, clamped, type NumberField } from '../state/fields.js'

/** Labelled native inputs for the fields of a room. */

interface ControlProps<F, Value> {
  readonly field: F
  readonly value: Signal<Value>
  /** Instead of setting the value. */
  readonly onChange?: (value: Value) => void
}

/** Positions of a logarithmic slider. */
const positions = 1000

/** A slider with a typed entry beside it; the entry may hold more digits than the slider has positions. */
export function NumberControl({ field, value, onChange }: ControlProps<NumberField, number>) {
  const id = useId()
  const { label, unit, help, min, max } = field
  const set = (next: number) => {
    if (Number.isNaN(next)) return
    const accepted = clamped(field, next)
    if (onChange === undefined) value.value = accepted
    else onChange(accepted)
  }
  const logarithmic = field.scale === 'log'
  const slider = logarithmic
    ? { min: 0, max: positions, step: 1, value: positionOf(value.value, field) }
    : { min, max, step: field.whole ? 1 : (max - min) / positions, value: value.value }
  const moved = (position: number) => set(logarithmic ? valueAt(position, field) : position)
  return (
    <div class="control">
      <label for={id}>
        {label}
        {unit === undefined ? '' : ` (${unit})`}
      </label>
      <input
        type="range"
        aria-label={`${label}, slider`}
        aria-valuetext={`${value.value}${unit === undefined ? '' : ` ${unit}`}`}
        {...slider}
        onInput={event => moved(event.currentTarget.valueAsNumber)}
      />
      <input
        id={id}
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={field.whole ? 1 : 'any'}
        value={value.value}
        title={help}
        onChange={event => {
          set(event.currentTarget.valueAsNumber)
          // What was clamped, or is no number, shows as what is in force.
          event.currentTarget.value = String(value.value)
        }}
      />
    </div>
  )
}

/** A value's place on a logarithmic slider. */
function positionOf(value: number, { min, max }: NumberField): number {
  return Math.round((positions * Math.log(value / min)) / Math.log(max / min))
}

/** Three digits are as many as a slider can be set to. */
function valueAt(position: number, { min, max }: NumberField): number {
  return Number((min * (max / min) ** (position / positions)).toPrecision(3))
}

export function ChoiceControl({ field, value, onChange }: ControlProps<ChoiceField, string>) {
  const id = useId()
  return (
    <div class="control">
      <label for={id}>{field.label}</label>
      <select
        id={id}
        title={field.help}
        value={value.value}
        onChange={event => {
          const chosen = event.currentTarget.value
          if (onChange === undefined) value.value = chosen
          else onChange(chosen)
        }}
      >
        {Object.entries(field.options).map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
