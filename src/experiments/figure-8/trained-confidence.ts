import { createTrainer } from '../../training/create-trainer.js'
import type { Stretch } from '../../training/trainer.js'
import type { PartContext } from '../experiment.js'
import { type Branch, branchOf, type Fate, fateOf } from './rescue.js'
import { confidenceTraining, groups, seedsOf, trainedConfidence } from './settings.js'

/** One seed of figure 8b′. */
export interface ConfidenceRun {
  readonly seed: number
  /** At the end of the first training, in which the confidence is trained from 10. */
  readonly fate: Fate
  /** Confidence at the end of the first training. */
  readonly confidence: number
  /** After the confidence is set to 1, and after it is left as it is; undefined unless learning is lost. */
  readonly lowered: Branch | undefined
  readonly unchanged: Branch | undefined
  /** Loss and gradient norm at every epoch of both trainings: of the published seed, and the part's first lost one. */
  readonly history: { readonly loss: Float64Array; readonly gradientNorm: Float64Array } | undefined
}

/** Trains the seeds of one part; seed 40, which is published, is one of them in every profile. */
export async function confidenceGroup(
  group: number,
  { profile, onProgress }: PartContext,
): Promise<readonly ConfidenceRun[]> {
  const { publishedSeed } = trainedConfidence
  const seeds = seedsOf(group, groups.trained, trainedConfidence.seeds[profile])
  if (publishedSeed % groups.trained === group && !seeds.includes(publishedSeed)) seeds.push(publishedSeed)
  const runs: ConfidenceRun[] = []
  for (const seed of seeds) {
    const pictured = seed === publishedSeed || !runs.some(({ fate }) => fate === 'lost')
    runs.push(await trainConfidence(seed, pictured))
    onProgress(runs.length / seeds.length)
  }
  return runs
}

/** @param pictured whether to keep the history, if this is the published seed or learning is lost */
async function trainConfidence(seed: number, pictured: boolean): Promise<ConfidenceRun> {
  const { epochs, setTo, publishedSeed } = trainedConfidence
  const trainer = await createTrainer(confidenceTraining(seed))
  const first = trainer.advance(epochs)
  const fate = fateOf(first)
  const end = trainer.snapshot()
  const confidence = end.parameters.at(-1) ?? Number.NaN
  if (fate !== 'lost' && seed !== publishedSeed) {
    return { seed, fate, confidence, lowered: undefined, unchanged: undefined, history: undefined }
  }
  const unchanged = trainer.advance(epochs)
  trainer.restore(end)
  trainer.change({ confidence: setTo })
  const lowered = trainer.advance(epochs)
  const lost = fate === 'lost'
  return {
    seed,
    fate,
    confidence,
    lowered: lost ? branchOf(lowered) : undefined,
    unchanged: lost ? branchOf(unchanged) : undefined,
    history: pictured ? joined(first, lowered) : undefined,
  }
}

function joined(first: Stretch, second: Stretch) {
  return {
    loss: Float64Array.from([...first.loss, ...second.loss]),
    gradientNorm: Float64Array.from([...first.gradientNorm, ...second.gradientNorm]),
  }
}
