import { LatentClient } from '../../work/latent-client.js'
import { TrainingClient } from '../../work/training-client.js'
import { model } from './settings.js'

/** The two workers of the room: one trains, the other takes the networks apart that it hands over. */
export const latent = new LatentClient(model)
export const training = new TrainingClient({
  bins: true,
  kept: true,
  onKept: report => latent.follow(report),
})
