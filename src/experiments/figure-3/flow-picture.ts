import { portraitAt } from '../../dynamics/latent-life.js'
import type { TrainingPicture } from '../../figures/figure-3/data.js'
import { latentFlow, type RankOneModel, rankOneViews } from '../../models/rank-one.js'
import { linspace } from '../../numerics/spacing.js'
import type { Snapshot } from '../../training/trainer.js'

/** κ at which a flow is drawn. */
const drawnKappa = linspace(-4, 4, 321)

/** The latent flow at a snapshot, with what is found on it. */
export function flowPicture(snapshot: Snapshot, model: RankOneModel): TrainingPicture['flows'][number] {
  const { start, fixedPoints, ghost } = portraitAt(snapshot, model)
  const parameters = rankOneViews(model, snapshot.parameters)
  return {
    epoch: snapshot.epoch,
    kappa: drawnKappa,
    flow: drawnKappa.map(kappa => latentFlow(parameters, kappa).flow),
    start,
    fixedPoints,
    ghost,
  }
}
