import type { Experiment } from './experiment.js'
import { figure1 } from './figure-1.js'
import { figure2 } from './figure-2.js'
import { figure3 } from './figure-3.js'
import { figure4 } from './figure-4.js'
import { figure5 } from './figure-5.js'
import { figure6 } from './figure-6.js'
import { figure7 } from './figure-7.js'
import { figure8 } from './figure-8.js'
import { figureS1 } from './figure-s1.js'

/** Every experiment: the paper's figures in their order, then our own. */
export const experiments: readonly Experiment[] = [
  figure1,
  figure2,
  figure3,
  figure4,
  figure5,
  figure6,
  figure7,
  figure8,
  figureS1,
]

/** The experiment of a figure. @throws RangeError if there is none */
export function experimentOf(figure: string): Experiment {
  const found = experiments.find(experiment => experiment.figure === figure)
  if (found === undefined) throw new RangeError(`no experiment for figure ${figure}`)
  return found
}
