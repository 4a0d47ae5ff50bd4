import type { Figure2Data } from '../figures/figure-2/data.js'
import { drawFigure2 } from '../figures/figure-2.js'
import { criticalLearningRate } from '../theory/critical-rate.js'
import { optimum, zoneEdge } from '../theory/delayed-activation.js'
import { defineExperiment } from './experiment.js'
import { claims, type Figure2Parts, findings } from './figure-2/claims.js'
import { sweepSettings } from './figure-2/critical-rates.js'
import { descentEpochs, descentRates, normalisation } from './figure-2/descents.js'
import { confidences, times } from './figure-2/landscape.js'
import { parts } from './figure-2/parts.js'

export const figure2 = defineExperiment<Figure2Parts>({
  figure: '2',
  title: 'One dimension learns abruptly, and loses learning above a critical rate',
  claims,
  parts,
  conclude: results => ({
    findings: findings(results),
    settings: [
      {
        setting: 'landscape',
        published: 'T = 100, 100 points of [−r*, 2r*], closed form and a = 0.1, 1',
        run: `the same (a = ${confidences.join(', ')}; dt = 0.1)`,
      },
      {
        setting: 'descents',
        published: '|T − t*| descended for 3000 epochs at 1e-10 and 1e-9 from 10 r*',
        run: `the same (${descentEpochs} epochs at ${Object.values(descentRates).join(' and ')})`,
      },
      {
        setting: 'rate sweep',
        published: '100 rates from 1e-11 to 1e-8, 10 starts each, 10,000 epochs',
        run: `the same (${sweepSettings.rates.length} rates, ${sweepSettings.starts} starts, ${sweepSettings.epochs.at(-1)} epochs)`,
      },
      {
        setting: 'critical rate by bisection',
        published: '–',
        run: `T = ${[...results.scaling.laws[0]!.delay].join(', ')}, 1000 starts, 2000 epochs, both normalisations`,
      },
    ],
    draw: context => drawFigure2(figureData(results), context),
  }),
})

function figureData({ landscape, descents, sweep, scaling }: Figure2Parts): Figure2Data {
  return {
    delay: times.delay,
    optimum: optimum(times.delay),
    zoneEdge: zoneEdge(times),
    criticalRate: criticalLearningRate(times, normalisation),
    landscape: {
      r: landscape.r,
      curves: [
        { label: 'closed form', loss: landscape.closedForm },
        ...landscape.simulated.map(({ confidence, loss }) => ({ label: `a = ${confidence}`, loss })),
      ],
    },
    descents: [descents.learns, descents.loses],
    sweep: sweep.curves.map(curve => ({ ...curve, rate: sweep.rate })),
    scaling: [...scaling.laws],
  }
}
