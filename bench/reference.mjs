// The float64 references: what every contestant must agree with before it is timed.
import { autonomousReference } from '../dist/training/autonomous-reference.js'
import { noiseSource } from '../dist/training/disturbance.js'
import { drivenReference } from '../dist/training/driven-reference.js'
import { rankOneReference } from '../dist/training/rank-one-reference.js'
import { confidence, initialParameters, seed } from './jobs.mjs'

const tolerance = { loss: 1e-5, norm: 1e-4 }

/** Loss and gradient norm of the first epoch in float64. */
export function referenceEpoch(job) {
  const objective = objectiveOf(job)
  const gradient = new Float64Array(objective.size)
  const { loss } = objective.evaluate(initialParameters(job), gradient, 0)
  return { loss, norm: Math.hypot(...gradient) }
}

function objectiveOf({ kind, model, task }) {
  if (kind === 'rank-one') return rankOneReference(model, task, confidence)
  if (kind === 'autonomous') return autonomousReference(model, task)
  return drivenReference(model, task, noiseSource(model, task.steps, seed))
}

/** What the first epoch draws, for programs that cannot draw the same: initial states and, if any, the noise. */
export function firstDraws({ kind, model, task }) {
  const { trials, steps } = task
  const { neurons } = model
  const states = new Float32Array(trials * neurons)
  if (kind !== 'driven') return { states: states.fill(-0.3), noise: new Float32Array(0) }
  const noise = new Float32Array(model.noise > 0 ? steps * trials * neurons : 0)
  const draw = noiseSource(model, steps, seed)
  for (let trial = 0; trial < trials; trial++) {
    const drawn = draw(0, trial)
    states.set(drawn.initial, trial * neurons)
    for (let t = 0; drawn.noise && t < steps; t++) {
      noise.set(drawn.noise.subarray(t * neurons, (t + 1) * neurons), (t * trials + trial) * neurons)
    }
  }
  return { states, noise }
}

/**
 * Those of the contestants that measure what the reference measures; the others are named on stderr and closed.
 * @throws Error if the kernel, the first of them, is one that does not
 */
export function agreeing(job, contestants) {
  const { loss, norm } = referenceEpoch(job)
  return contestants.filter((one, index) => {
    const near =
      Math.abs(one.loss / loss - 1) < tolerance.loss && Math.abs(one.norm / norm - 1) < tolerance.norm
    if (near) return true
    const message = `${job.name}: ${one.name}: loss ${one.loss}, gradient ${one.norm}; the reference: ${loss}, ${norm}`
    if (index === 0) throw new Error(message)
    process.stderr.write(`not timed: ${message}\n`)
    one.close()
    return false
  })
}
