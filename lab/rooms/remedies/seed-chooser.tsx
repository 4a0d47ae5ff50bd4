import { useId } from 'preact/hooks'
import { verdicts } from './many-pictures.js'
import { many, restart } from './player.js'
import { state, values } from './state.js'

/** Takes one of the forty seeds to an experiment of its own. */
export function SeedChooser() {
  const id = useId()
  const runs = many.progress.value?.runs ?? []
  return (
    <div class="control">
      <label for={id}>Look at one of them alone</label>
      <select id={id} value="" onChange={event => showAlone(Number(event.currentTarget.value))}>
        <option value="" disabled>
          Seed …
        </option>
        {runs.map(({ seed, verdict }) => (
          <option key={seed} value={seed}>
            seed {seed}: {verdicts[verdict].word}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The experiment in which this network is one of the two. */
export function showAlone(seed: number): void {
  if (seed > state.fields.seed.max) return
  values.seed.value = seed
  values.what.value = values.net.peek() === 'K' ? 'rank' : 'confidence'
  restart()
}
