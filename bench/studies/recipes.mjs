// Figure 5's slow points found as published and as here, on the networks that the figure shows.
import { compareRecipes } from '../../dist/experiments/figure-5/published-recipe.js'
import { lookAtNetwork } from '../../dist/experiments/working-memory/look.js'
import { memorySettings, publishedEpochs } from '../../dist/experiments/working-memory/settings.js'
import { trainKeeping } from '../../dist/experiments/working-memory/training.js'

/** The figure's seed, and how many searches it makes for a view. */
const [seed, searches] = [3, 16]

/** A row for each epoch shown. */
export async function recipes() {
  const rows = []
  for (const task of ['cue', 'match']) {
    const epochs = publishedEpochs.full[task]
    const settings = memorySettings({ rank: 'full', task, seed }, 'paper')
    const { snapshots } = await trainKeeping(settings, epochs, () => {})
    for (const snapshot of snapshots.filter(({ epoch }) => epochs.includes(epoch))) {
      const look = lookAtNetwork(settings, snapshot, searches)
      rows.push({ task, epoch: snapshot.epoch, ...compareRecipes(look) })
    }
  }
  return rows
}
