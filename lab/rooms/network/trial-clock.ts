import { signal } from '@preact/signals'
import { calm } from '../../state/page.js'
import { everyFrame } from '../../ui/frames.js'
import { active, playing } from './playback.js'
import { values } from './state.js'

/** The time within a trial, which runs over and over while the training plays. In steps, 0 … 2T. */
export const trialStep = signal(0)

/** Milliseconds of one trial. */
const duration = 2400

/** Runs the clock from now on; not for those who ask for no motion. */
export function startTrialClock(): void {
  if (calm) return
  everyFrame(
    () => playing.value && active.value,
    passed => {
      const steps = 2 * values.delay.peek()
      trialStep.value = (trialStep.peek() + (steps * passed) / duration) % steps
    },
  )
}

/** A quantity between two of its steps. */
export function between(values: Float64Array, step: number): number {
  const before = Math.min(values.length - 1, Math.floor(step))
  const after = Math.min(values.length - 1, before + 1)
  return values[before]! + (step - before) * (values[after]! - values[before]!)
}
