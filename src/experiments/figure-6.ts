import { drawFigure6 } from '../figures/figure-6.js'
import { formatCount } from '../figures/numbers.js'
import { defineExperiment, type Profile, type RunSetting } from './experiment.js'
import { claims, type Figure6Parts, findings } from './figure-6/claims.js'
import { figure6Data } from './figure-6/figure-data.js'
import { parts } from './figure-6/parts.js'
import { extents, partPlans, publishedRanks, ratesOf } from './figure-6/settings.js'

export const figure6 = defineExperiment<Figure6Parts>({
  figure: '6',
  title: 'More rank than the task needs makes learning stable at higher rates',
  claims,
  parts,
  runs: (name, profile) => partPlans.some(part => part.name === name && ratesOf(part, profile).length > 0),
  conclude: (results, profile) => ({
    findings: findings(results),
    settings: settingsOf(profile),
    draw: context => drawFigure6(figure6Data(Object.values(results).flat(), profile), context),
  }),
})

function settingsOf(profile: Profile): RunSetting[] {
  const { seeds, ranks, shownEpochs, rankEpochs, rates } = extents[profile]
  const paper = extents.paper
  const counted = (chosen: readonly number[] | undefined, published: number) =>
    chosen === undefined ? `${published} rates` : `${chosen.length} of these rates`
  const epochs = (list: readonly number[]) => list.map(formatCount).join(', ')
  const published = (range: string, count: number) => `SGD, ${count} rates from ${range}`
  return [
    {
      setting: '6a: rank one',
      published: `${published('10⁻⁴ to 10⁻¹', 30)}, seeds 0–9`,
      run: `${counted(rates.rankOne, 30)}, seeds 0–${seeds.rates - 1}`,
    },
    {
      setting: '6a: full rank',
      published: `${published('10⁻⁴ to 10', 30)}, seeds 0–9`,
      run: `${counted(rates.full, 30)}, seeds 0–${seeds.rates - 1}`,
    },
    {
      setting: '6a: epochs',
      published: `${formatCount(paper.shownEpochs.at(-1)! + 1)}; loss at ${epochs(paper.shownEpochs)}`,
      run: `${formatCount(shownEpochs.at(-1)! + 1)}; loss at ${epochs(shownEpochs)}`,
    },
    {
      setting: '6b: rank K',
      published: `K = ${publishedRanks.join(', ')}; ${published('10⁻³ to 1', 10)}, seeds 0–9`,
      run: `K = ${ranks.join(', ')}; ${counted(rates.rank, 10)}, seeds 0–${seeds.ranks - 1}`,
    },
    {
      setting: '6b: epochs',
      published: formatCount(paper.rankEpochs),
      run: formatCount(rankEpochs),
    },
    {
      setting: 'trainings',
      published: formatCount(trainings('paper')),
      run: formatCount(trainings(profile)),
    },
  ]
}

function trainings(profile: Profile): number {
  return partPlans.reduce((sum, part) => sum + ratesOf(part, profile).length, 0)
}
