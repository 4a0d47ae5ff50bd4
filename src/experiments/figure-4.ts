import { drawFigure4, type RankTwoData } from '../figures/figure-4.js'
import { defineExperiment, type Profile } from './experiment.js'
import { parts } from './figure-4/parts.js'
import type { RankTwoPicture } from './figure-4/picture.js'
import { ghostClaim, judgeGhosts } from './working-memory/claims.js'
import { delayOf, describeRuns, type MemoryParts, runsOf } from './working-memory/parts.js'
import { isPublished } from './working-memory/picture-epochs.js'
import { type MemoryTask, memorySettings, publishedEpochs, publishedSeed } from './working-memory/settings.js'
import { trainingData } from './working-memory/training-data.js'

const names = { cue: 'Cue discrimination', match: 'Match to sample' } as const
type Parts = MemoryParts<RankTwoPicture>

export const figure4 = defineExperiment<Parts>({
  figure: '4',
  title: 'Networks of rank 2 learn working-memory tasks',
  claims: [
    ghostClaim('7a', 'rank 2', 'cue discrimination', '10 steps'),
    ghostClaim('7b', 'rank 2', 'match to sample', '16 steps'),
  ],
  parts,
  conclude: (results, profile) => ({
    findings: {
      '7a': judgeGhosts(runsOf(results, 'cue').runs, delayOf(2, 'cue', profile)),
      '7b': judgeGhosts(runsOf(results, 'match').runs, delayOf(2, 'match', profile)),
    },
    settings: [
      {
        setting: '4a–d: cue discrimination',
        published: '2 + 10 + 10 steps, 1000 trials, SGD 0.001, 100,000 epochs, seed 0',
        run: describeRuns(2, 'cue', profile),
      },
      {
        setting: '4e–h: match to sample',
        published: '6 + 16 + 6 + 10 steps, 2000 trials, Adam 0.0001, 20,000 epochs, seed 0',
        run: describeRuns(2, 'match', profile),
      },
      {
        setting: '4c,g: epochs of the maps',
        published: (['cue', 'match'] as const).map(task => publishedEpochs[2][task].join(', ')).join('; '),
        run: isPublished({ rank: 2, task: 'cue', seed: publishedSeed(2) }, profile)
          ? 'the same'
          : 'the first, before and after the falls of the loss, the last',
      },
      {
        setting: '4c,g: slow points',
        published: 'speed minima of a grid, then damped Newton on ½‖F‖²',
        run: `Newton in a trust region from visited states and a 5 × 5 grid; at the last maps ${(['cue', 'match'] as const).map(task => recipesText(results, task)).join('; ')}`,
      },
    ],
    draw: context =>
      drawFigure4(
        { cue: dataOf(results, 'cue', profile), match: dataOf(results, 'match', profile) },
        context,
      ),
  }),
})

function dataOf(results: Parts, task: MemoryTask, profile: Profile): RankTwoData {
  const { runs, shown, picture } = runsOf(results, task)
  const settings = memorySettings({ rank: 2, task, seed: shown.seed }, profile)
  return { ...trainingData(names[task], settings, shown, runs), maps: picture.maps, outputs: picture.outputs }
}

function recipesText(results: Parts, task: MemoryTask): string {
  const { published, here, both, notStationary } = runsOf(results, task).picture.recipes
  const lost = notStationary === 0 ? '' : `, ${notStationary} of them not stationary`
  return `the published recipe finds ${published} points${lost}, this one ${here}, ${both} in common`
}
