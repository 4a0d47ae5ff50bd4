import { drawFigureS1, type FigureS1Data } from '../figures/figure-s1.js'
import { defineExperiment, type Profile, type RunSetting } from './experiment.js'
import { claims, type FigureS1Runs, findings, fitTrained } from './figure-s1/claims.js'
import { delay, effort, responseRatios } from './figure-s1/critical-rates.js'
import { type FigureS1Parts, parts } from './figure-s1/parts.js'
import { conditions, seedGroups, seeds } from './figure-s1/switching.js'

/** Two claims that follow from the theory and are not in the paper. */
export const figureS1 = defineExperiment<FigureS1Parts>({
  figure: 'S1',
  title: 'Beyond the paper: predicted switching times, and response windows of any length',
  claims,
  parts,
  conclude(results, profile) {
    const switching = Array.from({ length: seedGroups }, (_, group) => results[`switching ${group}`]!)
      .flat()
      .sort((a, b) => a.seed - b.seed)
    const runs = { switching, rates: results.rates }
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
