import { drawFigure7 } from '../figures/figure-7.js'
import { formatCount, formatNumber } from '../figures/numbers.js'
import { defineExperiment, type Profile, type RunSetting } from './experiment.js'
import { claims, type Figure7Parts, findings, ofFigure7c } from './figure-7/claims.js'
import { figure7Data, pictured } from './figure-7/figure-data.js'
import { parts } from './figure-7/parts.js'
import {
  collapseEpochs,
  collapseRate,
  extents,
  partPlans,
  publishedRates,
  publishedSeeds,
  type TaskName,
  trainingsOf,
} from './figure-7/settings.js'

export const figure7 = defineExperiment<Figure7Parts>({
  figure: '7',
  title: 'Networks driven by a task do not learn above a rate',
  claims,
  parts,
  runs: (name, profile) =>
    partPlans.some(part => part.name === name && trainingsOf(part, profile).length > 0),
  conclude: (results, profile) => ({
    findings: findings(results),
    settings: settingsOf(results, profile),
    draw: context => drawFigure7(figure7Data(results, profile), context),
  }),
})

function settingsOf(parts: Figure7Parts, profile: Profile): RunSetting[] {
  const { seeds, collapseSeeds, epochs, rates } = extents[profile]
  const sweep = (setting: string, task: TaskName): RunSetting => ({
    setting,
    published: `${publishedRates.length} rates from 10⁻³ to 10, seeds 0–${publishedSeeds - 1}, ${formatCount(extents.paper.epochs[task])} epochs`,
    run: `${rates[task]?.length ?? publishedRates.length} of these rates, seeds 0–${seeds - 1}, ${formatCount(epochs[task])} epochs`,
  })
  const drawn = pictured(parts)
  const asPublished = ofFigure7c(parts)
  const collapsed = asPublished.filter(({ collapse }) => collapse !== undefined).length
  const origin = drawn && asPublished.includes(drawn) ? '' : ', of the trainings of 7a,b'
  const shown =
    drawn?.collapse === undefined
      ? 'no training collapses'
      : `drawn${origin}: the collapse of ${drawn.task.replaceAll('-', ' ')} at ${formatNumber(drawn.rate, 4)}, seed ${drawn.seed}, epochs ${formatCount(drawn.collapse.before.epoch)} and ${formatCount(drawn.collapse.after.epoch)}`
  return [
    sweep('7a: cue discrimination, 6 + 16 + 10 steps', 'cue-discrimination'),
    sweep('7b: match to sample, 6 + 16 + 6 + 10 steps', 'match-to-sample'),
    {
      setting: '7a,b: gradient',
      published: 'norm of the gradient of W_rec',
      run: 'norm of the whole gradient, of which W_rec has nearly all parameters',
    },
    { setting: '7a,b: ‖W_rec‖', published: 'mean over all epochs', run: 'mean over every 50th epoch' },
    {
      setting: `7c: match to sample at ${formatNumber(collapseRate, 4)}`,
      published: `seed 0, ${formatCount(collapseEpochs)} epochs; collapse at epochs 5750–5752`,
      run: `seed${collapseSeeds === 1 ? ' 0' : `s 0–${collapseSeeds - 1}`}, ${formatCount(collapseEpochs)} epochs, of which ${collapsed} collapse${collapsed === 1 ? 's' : ''}; ${shown}`,
    },
  ]
}
