import type { Figure8Data, MeanCurve } from '../figures/figure-8/data.js'
import { drawFigure8 } from '../figures/figure-8.js'
import { publishedToy } from '../models/toy.js'
import { mean, standardError } from '../numerics/statistics.js'
import { optimum, zoneEdge } from '../theory/delayed-activation.js'
import { defineExperiment, type Profile, type RunSetting } from './experiment.js'
import { claims, type Figure8Runs, findings, rescuedShare } from './figure-8/claims.js'
import { type Figure8Parts, parts } from './figure-8/parts.js'
import type { RescueRun } from './figure-8/rescue.js'
import { groups, readOutLimit, rescueSettings, trainedConfidence } from './figure-8/settings.js'
import type { ConfidenceRun } from './figure-8/trained-confidence.js'

export const figure8 = defineExperiment<Figure8Parts>({
  figure: '8',
  title: 'The first remedy: lower confidence frees what is trapped in the no-learning zone',
  claims,
  parts,
  conclude(results, profile) {
    const runs = gathered(results)
    return {
      findings: findings(runs),
      settings: settingsRun(runs, profile),
      draw: context => drawFigure8(figureData(runs, profile), context),
    }
  },
})

/** All runs in the order of their seeds. */
function gathered(results: Figure8Parts): Figure8Runs {
  const ordered = <Run extends { readonly seed: number }>(
    count: number,
    part: (group: number) => readonly Run[],
  ) =>
    Array.from({ length: count }, (_, group) => part(group))
      .flat()
      .sort((a, b) => a.seed - b.seed)
  return {
    zone: results.zone,
    rescues: ordered(groups.rescue, group => results[`rescue ${group}`]!),
    trained: ordered(groups.trained, group => results[`trained confidence ${group}`]!),
    readOut: ordered(groups.readOut, group => results[`read-out ${group}`]!),
  }
}

function settingsRun({ rescues, trained, readOut }: Figure8Runs, profile: Profile): RunSetting[] {
  const epochs = readOutLimit.epochs[profile].toLocaleString('en')
  const { confidences, branchEpochs } = rescueSettings
  return [
    {
      setting: '8a,b: gradient of the toy (published as 8a)',
      published: 'simulated at a = 0.01, 0.1, 0.5, 1, 2, and closed form',
      run: 'the same, by differences between 100 points of [−r*, 2r*], dt = 0.1; its decay at r < 0 by forward differentiation',
    },
    {
      setting: '8c,d: rank-one, SGD 0.02, 6000 epochs at c = 10 (published as 8b)',
      published: 'seeds 0–99; the lost ones 100 epochs at 30 confidences from 0.001 to 10',
      run: `seeds 0–${rescues.length - 1}; the lost ones ${branchEpochs} epochs at ${confidences.length} confidences from 0.001 to 10`,
    },
    {
      setting: '8e: confidence trained from 10, then set to 1 (published as 8b)',
      published: 'seed 40, 10,000 epochs each',
      run: `${trained.length} seeds, seed 40 among them, ${trainedConfidence.epochs.toLocaleString('en')} epochs each, SGD 0.02, and as many without the change; drawn: seed ${picturedRun(trained)?.seed ?? '–'}`,
    },
    {
      setting: '8f: driven full rank, Adam 0.1, 2 + 10 + 10 steps, 20 trials (published as 8c)',
      published: 'seeds 0–99; 10,000 epochs, then 10,000 at ‖w_out‖₁ = 0.1, 0.5, 1, 3 or left alone',
      run: `seeds 0–${readOut.length - 1}; ${epochs} epochs, then ${epochs} of each`,
    },
  ]
}

function figureData({ zone, rescues, trained, readOut }: Figure8Runs, profile: Profile): Figure8Data {
  const times = { delay: publishedToy.delay, response: publishedToy.response }
  const lost = rescues.filter(({ fate }) => fate === 'lost')
  const over = (value: (branch: RescueRun['branches'][number]) => number) =>
    meanCurve(lost.map(({ branches }) => branches.map(value)))
  const epochs = readOutLimit.epochs[profile]
  const pictured = picturedRun(trained)
  const shares = rescueSettings.confidences.map((_, i) => rescuedShare(rescues, i))
  return {
    optimum: optimum(times.delay),
    zoneEdge: zoneEdge(times),
    threshold: publishedToy.threshold,
    zone,
    rescue: {
      confidence: rescueSettings.confidences,
      lost: lost.length,
      seeds: rescues.length,
      shares: shares.filter(share => share !== undefined),
      accuracy: over(({ accuracy }) => accuracy),
      gradient: over(({ meanGradient }) => meanGradient),
    },
    trained: {
      epochs: trainedConfidence.epochs,
      seed: pictured?.seed,
      history: pictured?.history,
    },
    readOut: {
      epochs,
      seeds: readOut.length,
      silentAccuracy: readOutLimit.silentAccuracy,
      before: meanCurve(readOut.map(({ before }) => before)),
      after: [
        { limit: undefined, ...meanCurve(readOut.map(({ alone }) => alone.accuracy)) },
        ...readOutLimit.limits.map((limit, i) => ({
          limit,
          ...meanCurve(readOut.map(({ limited }) => limited[i]!.accuracy)),
        })),
      ],
    },
  }
}

/** The published seed if it loses what it learned, else the first that does, else the published one. */
function picturedRun(trained: readonly ConfidenceRun[]): ConfidenceRun | undefined {
  const published = trained.find(({ seed }) => seed === trainedConfidence.publishedSeed)
  if (published?.fate === 'lost') return published
  return trained.find(({ fate, history }) => fate === 'lost' && history !== undefined) ?? published
}

/** Mean and standard error at each place of several curves; no standard error for one curve. */
function meanCurve(curves: readonly ArrayLike<number>[]): MeanCurve {
  const places = Array.from({ length: curves[0]?.length ?? 0 }, (_, i) => curves.map(curve => curve[i]!))
  return {
    mean: Float64Array.from(places, mean),
    error: Float64Array.from(places, values => (values.length > 1 ? standardError(values) : 0)),
  }
}
