import { ghostLife } from '../../dynamics/ghost-life.js'
import { followLatentFlow, type LatentLife } from '../../dynamics/latent-life.js'
import type { TrainingPicture } from '../../figures/figure-3/data.js'
import { createTask, createTrainer } from '../../training/create-trainer.js'
import { EventDetector } from '../../training/events.js'
import { Recorder } from '../../training/history.js'
import type { PartContext } from '../experiment.js'
import { flowPicture } from './flow-picture.js'
import { flowEvery, publishedFlowEpochs, slowSettings } from './settings.js'
import { fallShare } from './slow-seeds.js'

/** The slow training of figures 3a and 3b, with the ghost's life. */
export interface SlowTraining {
  readonly picture: TrainingPicture
  /** First look with a ghost, and the first from which every look has one. */
  readonly ghost: { readonly first: GhostEpoch | undefined; readonly forGood: GhostEpoch | undefined }
  /** Epochs that the loss takes from 0.9 of the first loss to the first fall, over the epoch of the fall. */
  readonly fallShare: number | undefined
}

/** An epoch of the ghost's life, and the loss then. */
interface GhostEpoch {
  readonly epoch: number
  readonly loss: number
}

/** Trains figure 3a's network for its 500,000 epochs and follows its latent flow. */
export async function trainSlowly({ profile, onProgress }: PartContext): Promise<SlowTraining> {
  const settings = slowSettings
  const trainer = await createTrainer(settings)
  const { silentLoss } = createTask(settings)
  const recorder = new Recorder(settings.record, { silentLoss })
  const detector = new EventDetector(silentLoss)
  const life = await followLatentFlow(trainer, {
    model: settings.model,
    until: settings.epochs,
    every: flowEvery[profile],
    onStretch: stretch => {
      recorder.observe(stretch)
      detector.observe(stretch)
    },
    keep: publishedFlowEpochs,
    onProgress,
  })
  const history = recorder.finish()
  const { firstFall } = detector.events
  return {
    ghost: ghostEpochs(life),
    fallShare: firstFall === undefined ? undefined : fallShare(history, firstFall),
    picture: {
      rate: settings.optimizer.rate,
      epochs: settings.epochs,
      history,
      events: detector.events,
      closeUp: undefined,
      closeUpHistory: undefined,
      flows: life.kept.map(snapshot => flowPicture(snapshot, settings.model)),
      life,
    },
  }
}

function ghostEpochs(life: LatentLife): SlowTraining['ghost'] {
  const { first, forGood } = ghostLife(life)
  const at = (epoch: number | undefined) =>
    epoch === undefined ? undefined : { epoch, loss: life.loss[life.epoch.indexOf(epoch)]! }
  return { first: at(first), forGood: at(forGood) }
}
