import type { FullRankData } from '../figures/figure-5/data.js'
import { drawFigure5 } from '../figures/figure-5.js'
import { defineExperiment, type Profile } from './experiment.js'
import { parts } from './figure-5/parts.js'
import type { FullRankPicture } from './figure-5/picture.js'
import { ghostClaim, judgeGhosts } from './working-memory/claims.js'
import { delayOf, describeRuns, type MemoryParts, runsOf, searches } from './working-memory/parts.js'
import { isPublished } from './working-memory/picture-epochs.js'
import { type MemoryTask, memorySettings, publishedEpochs, publishedSeed } from './working-memory/settings.js'
import { trainingData } from './working-memory/training-data.js'

const tasks: readonly MemoryTask[] = ['cue', 'match']
const names = { cue: 'Cue discrimination', match: 'Match to sample' } as const
type Parts = MemoryParts<FullRankPicture>

export const figure5 = defineExperiment<Parts>({
  figure: '5',
  title: 'Networks of full rank learn working-memory tasks',
  claims: [
    ghostClaim('8a', 'full rank', 'cue discrimination', '10 steps'),
    ghostClaim('8b', 'full rank', 'match to sample', '30 steps as published'),
  ],
  parts,
  conclude: (results, profile) => ({
    findings: {
      '8a': judgeGhosts(runsOf(results, 'cue').runs, delayOf('full', 'cue', profile)),
      '8b': judgeGhosts(runsOf(results, 'match').runs, delayOf('full', 'match', profile)),
    },
    settings: [
      {
        setting: '5a–d: cue discrimination (published as 5a–c)',
        published: '2 + 10 + 10 steps, 2 trials, SGD 0.01, 3001 epochs, seed 3',
        run: describeRuns('full', 'cue', profile),
      },
      {
        setting: '5e–h: match to sample (published as 5d–f)',
        published: '2 + 30 + 2 + 10 steps, 4 trials, SGD 0.01, 100,001 epochs, seed 3',
        run: describeRuns('full', 'match', profile),
      },
      ...tasks.map(task => ({
        setting: `${task === 'cue' ? '5c,d' : '5g,h'}: epochs of the states`,
        published: publishedEpochs.full[task].join(', '),
        run: isPublished({ rank: 'full', task, seed: publishedSeed('full') }, profile)
          ? 'the same'
          : runsOf(results, task)
              .picture.views.map(({ epoch }) => epoch)
              .join(', '),
      })),
      {
        setting: '5c,g: slow points',
        published: 'from every visited state, Adam 0.01 for 5000 steps on the speed, one damped Newton step',
        run: `Newton in a trust region with the exact Hessian, from 16 visited states moved by noise of 0.05 (${searches[profile]} for the claims and 5b,f); compared by npm run bench -- recipes`,
      },
    ],
    draw: context =>
      drawFigure5(
        { cue: dataOf(results, 'cue', profile), match: dataOf(results, 'match', profile) },
        context,
      ),
  }),
})

function dataOf(results: Parts, task: MemoryTask, profile: Profile): FullRankData {
  const { runs, shown, picture } = runsOf(results, task)
  const settings = memorySettings({ rank: 'full', task, seed: shown.seed }, profile)
  return {
    ...trainingData(names[task], settings, shown, runs),
    views: picture.views,
    spectra: picture.spectra,
  }
}
