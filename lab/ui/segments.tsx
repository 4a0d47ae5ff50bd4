import type { Signal } from '@preact/signals'
import type { ChoiceField } from '../state/fields.js'

/** A choice as buttons beside one another, the chosen one pressed: for few options that change all that is seen. */
export function Segments({
  field,
  value,
  onChange,
}: {
  readonly field: ChoiceField
  readonly value: Signal<string>
  readonly onChange: (value: string) => void
}) {
  return (
    <fieldset class="segments">
      <legend>{field.label}</legend>
      {Object.entries(field.options).map(([option, name]) => (
        <button
          key={option}
          type="button"
          aria-pressed={value.value === option ? 'true' : 'false'}
          onClick={() => onChange(option)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}
