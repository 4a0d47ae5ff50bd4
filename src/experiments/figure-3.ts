import { drawFigure3 } from '../figures/figure-3.js'
import { defineExperiment, type Profile, type RunSetting } from './experiment.js'
import { allSeeds, claims, type Figure3Parts, findings } from './figure-3/claims.js'
import { collapseWindow } from './figure-3/collapse-flow.js'
import { parts } from './figure-3/parts.js'
import { seedsPicture } from './figure-3/seeds-picture.js'
import { flowEvery, publishedFlowEpochs, seedCounts, seedEpochs, slowSettings } from './figure-3/settings.js'
import { fallMargin } from './figure-3/slow-seeds.js'

export const figure3 = defineExperiment<Figure3Parts>({
  figure: '3',
  title: 'A rank-one network learns abruptly, and loses what it learned at a high rate',
  claims,
  parts,
  conclude: ({ slow, fast, ...groups }, profile) => ({
    findings: findings({ slow, fast, ...groups }),
    settings: [
      {
        setting: '3a,b: seed 40, SGD 0.003',
        published: '500,000 epochs; flows at 1, 200,001, 499,001',
        run: `${slow.picture.epochs.toLocaleString('en')} epochs, ${slowSettings.precision} precision; flows at ${publishedFlowEpochs.join(', ')}`,
      },
      {
        setting: '3a: fixed points through training',
        published: 'sign changes of the flow at every epoch',
        run: `fixed points at every ${flowEvery[profile] === 1 ? '' : `${flowEvery[profile]}th `}epoch`,
      },
      {
        setting: '3c,d: seed 40, SGD 0.02',
        published: '6000 epochs, one run; flows at 5156, 5163, 5166',
        run: `6000 epochs, ${fast.copies.length} copies differing by 1e-6, of which ${fast.pictured === 0 ? 'the unperturbed one' : `number ${fast.pictured}, the first to collapse,`} is drawn; flows at ${fast.picture.flows.map(({ epoch }) => epoch).join(', ')}`,
      },
      ...seedSettings(profile),
    ],
    draw: context =>
      drawFigure3(
        {
          slow: slow.picture,
          fast: fast.picture,
          copies: {
            collapse: fast.copies.map(({ events }) => events.collapse),
            finalLoss: fast.copies.map(({ finalLoss }) => finalLoss),
          },
          seeds: seedsPicture(allSeeds({ slow, fast, ...groups })),
        },
        context,
      ),
  }),
})

function seedSettings(profile: Profile): RunSetting[] {
  const { slow, fast } = seedCounts[profile]
  const every = flowEvery[profile]
  const looks =
    every === 1
      ? 'fixed points at every epoch'
      : `fixed points at every ${every}th epoch, and at every one from ${fallMargin} before the first fall to ${fallMargin} after the second`
  const epochs = (count: number) => count.toLocaleString('en')
  return [
    {
      setting: '3f,g: other seeds, SGD 0.003',
      published: '–',
      run: `seeds 0–${slow - 1}, until twice the second fall, ${epochs(seedEpochs.slow)} epochs at most; ${looks}`,
    },
    {
      setting: '3g: other seeds, SGD 0.02',
      published: '–',
      run: `seeds 0–${fast - 1}, until twice the first fall, ${epochs(seedEpochs.fast)} epochs at most; fixed points at every epoch from ${collapseWindow} before a collapse`,
    },
  ]
}
