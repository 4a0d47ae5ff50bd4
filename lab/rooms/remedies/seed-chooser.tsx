import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { verdicts } from './many-pictures.js'
import { many, restart } from './player.js'
import { state, values } from './state.js'

/** Takes one of the forty seeds to an experiment of its own. */
export function SeedChooser() {
  const id = useId()
  const chosen = useSignal<number | undefined>(undefined)
  const runs = many.progress.value?.runs ?? []
  if (runs.length === 0) return null
  const seed = runs.find(run => run.seed === chosen.value)?.seed ?? runs[0]!.seed
  return (
    <div class="control">
      <label for={id}>Look at one of them alone</label>
      <select id={id} value={seed} onChange={event => (chosen.value = Number(event.currentTarget.value))}>
        {runs.map(run => (
          <option key={run.seed} value={run.seed}>
            seed {run.seed}: {verdicts[run.verdict].word}
          </option>
        ))}
      </select>
      <button type="button" onClick={() => showAlone(seed)}>
        Show
      </button>
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
