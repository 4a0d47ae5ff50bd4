import { autonomousLayout } from '../models/autonomous.js'
import { drivenLayout } from '../models/driven.js'
import { type ParameterShape, totalSize } from '../models/parameters.js'
import { rankOneLayout } from '../models/rank-one.js'
import { InputError } from '../settings/input-error.js'
import type { Settings } from '../settings/settings.js'
import { cueDiscriminationShape } from '../tasks/cue-discrimination.js'
import { delayedActivationShape } from '../tasks/delayed-activation.js'
import { matchToSampleShape } from '../tasks/match-to-sample.js'
import type { TaskShape } from '../tasks/task.js'

/** The most bytes a training may need outside the kernels: as many as WebAssembly addresses within them. */
export const mostBytes = 2 ** 32

/**
 * Refuses, before anything is allocated, a training that needs more than 4 GiB for its task and for what the float64
 * reference keeps. Kernels refuse by themselves what they cannot address.
 *
 * @throws InputError naming the bytes
 */
export function requireMemory(settings: Settings): void {
  const bytes = bytesNeeded(settings)
  if (bytes <= mostBytes) return
  throw new InputError(
    'settings',
    `needs ${bytes} bytes of memory`,
    `at most ${mostBytes}: fewer trials, steps or neurons`,
  )
}

/**
 * Bytes of a training outside the kernels: per trial and step an input, target, weight and output; six times the
 * parameters, for gradient, moments and copies; and in double precision, per step, the reference's states,
 * activations, noise and latent variables of one trial, as many as the longest side of a parameter array.
 */
export function bytesNeeded({ model, task, precision }: Settings): number {
  const { trials, steps } = taskShape(task)
  const layout = layoutOf(model)
  const longest = Math.max(...layout.flatMap(({ shape }) => shape))
  const reference = precision === 'double' ? 4 * steps * longest : 0
  return 8 * (4 * trials * steps + 6 * totalSize(layout) + reference)
}

/** The parameter arrays of a model, in the order of the flat vector. */
function layoutOf(model: Settings['model']): readonly ParameterShape[] {
  switch (model.kind) {
    case 'rank-one':
      return rankOneLayout(model)
    case 'autonomous':
      return autonomousLayout(model)
    case 'driven':
      return drivenLayout(model)
  }
}

/** Trials and steps of a task, without making it. */
export function taskShape(task: Settings['task']): TaskShape {
  switch (task.kind) {
    case 'delayed-activation':
      return delayedActivationShape(task)
    case 'cue-discrimination':
      return cueDiscriminationShape(task)
    case 'match-to-sample':
      return matchToSampleShape(task)
  }
}
