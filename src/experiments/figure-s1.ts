import { drawFigureS1, type FigureS1Data } from '../figures/figure-s1.js'
import { defineExperiment, type PartContext, type Profile, type RunSetting } from './experiment.js'
import { claims, type FigureS1Runs, findings, fitTrained } from './figure-s1/claims.js'
import {
  delay,
  effort,
  measureResponseRates,
  type ResponseRates,
  responseRatios,
} from './figure-s1/critical-rates.js'
import { conditions, type SwitchingRun, seedGroups, seeds, switchingGroup } from './figure-s1/switching.js'

/** One part for the toy's rates, and one for every group of seeds. */
type FigureS1Parts = { rates: ResponseRates } & { [Part in `switching ${number}`]: readonly SwitchingRun[] }

const switchingParts = Object.fromEntries(
  Array.from({ length: seedGroups }, (_, group) => [
    `switching ${group}` as const,
    (context: PartContext) => switchingGroup(group, context),
  ]),
)

/** Two claims that follow from the theory and are not in the paper. */
export const figureS1 = defineExperiment<FigureS1Parts>({
  figure: 'S1',
  title: 'Beyond the paper: predicted switching times, and response windows of any length',
  claims,
  parts: { rates: async context => measureResponseRates(context), ...switchingParts },
  conclude(parts, profile) {
    const switching = Array.from({ length: seedGroups }, (_, group) => parts[`switching ${group}`]!)
      .flat()
      .sort((a, b) => a.seed - b.seed)
    const runs = { switching, rates: parts.rates }
    return {
      findings: findings(runs),
      settings: settingsRun(profile),
      draw: context => drawFigureS1(figureData(runs), context),
    }
  },
})

function settingsRun(profile: Profile): RunSetting[] {
  const trained = conditions[profile].map(
    ({ delay, rate, epochs }) => `${delay} at ${rate} for ${epochs.toLocaleString('en')} epochs`,
  )
  const { starts, epochs } = effort[profile]
  return [
    {
      setting: 'switching: rank-one networks, SGD, delay in steps at a rate',
      published: '–',
      run: `${trained.join(', ')}; seeds 0–${seeds[profile] - 1}, 20 looks each`,
    },
    {
      setting: 'critical rates of the toy',
      published: '–',
      run: `T = ${delay}, T_R/T = ${responseRatios.join(', ')}; ${starts} starts, ${epochs} epochs each`,
    },
  ]
}

function figureData({ switching, rates }: FigureS1Runs): FigureS1Data {
  const fit = fitTrained(switching, 'window')
  return {
    looks: switching.flatMap(({ looks }) => looks),
    shifted: switching.flatMap(({ shifted }) => shifted),
    fit: fit && { slope: fit.slope.estimate, intercept: fit.intercept, rSquared: fit.rSquared.estimate },
    rates: { delay, ...rates },
  }
}
