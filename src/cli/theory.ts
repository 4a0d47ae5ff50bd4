import Table from 'cli-table3'
import { Command } from 'commander'
import { InputError } from '../settings/input-error.js'
import { criticalLearningRate, fateOfRate } from '../theory/critical-rate.js'
import {
  type DelayedActivationTimes,
  type Normalisation,
  optimum,
  zoneEdge,
} from '../theory/delayed-activation.js'
import { arrivalEpoch, arrivalSlopeRatio } from '../theory/gradient-flow.js'
import { lossFloor } from '../theory/oscillation.js'
import { positive, positiveFlag } from './flags.js'
import { exitCodes, print, printJson } from './terminal.js'

const normalisations: readonly Normalisation[] = ['normalised', 'un-normalised']

/** Powers of ten within which no formula underflows or overflows: T⁶ is the highest power of a time. */
const timePower = 12
const ratePower = 99

interface TheoryFlags {
  readonly delay?: number
  readonly response?: number
  readonly rate?: number
  readonly start: number
  readonly json?: true
}

/** `ghostpoint theory`: the closed forms at given times and learning rate. */
export function theoryCommand(): Command {
  return new Command('theory')
    .description('what theory says of the one-dimensional system: optimum, no-learning zone, critical rate')
    .option('--delay <T>', 'delay T, in time units (required)', positiveFlag('--delay', timePower))
    .option(
      '--response <TR>',
      'response window T_R, in time units (default: T)',
      positiveFlag('--response', timePower),
    )
    .option('--rate <A>', 'learning rate, per epoch', positiveFlag('--rate', ratePower))
    .option('--start <R>', 'start r₀, in units of the optimum r*', positiveFlag('--start', timePower), 10)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  $ ghostpoint theory --delay 100 --rate 1e-9')
    .action((flags: TheoryFlags) => {
      const { delay } = flags
      if (delay === undefined) throw new InputError('--delay', 'missing', positive(timePower))
      const answer = theoryAnswer({ ...flags, delay })
      if (flags.json) printJson(answer)
      else printAnswer(answer)
      process.exitCode = exitCodes.done
    })
}

type TheoryAnswer = ReturnType<typeof theoryAnswer>

function theoryAnswer({ delay, response = delay, rate, start }: TheoryFlags & { readonly delay: number }) {
  const times: DelayedActivationTimes = { delay, response }
  const r0 = start * optimum(delay)
  return {
    delay,
    response,
    optimum: optimum(delay),
    zoneEdge: zoneEdge(times),
    relativeStart: start,
    slopeRatio: arrivalSlopeRatio(r0, delay),
    losses: normalisations.map(normalisation => ({
      normalisation,
      loss: normalisation === 'normalised' ? '|T − t*|/T' : '|T − t*|',
      criticalLearningRate: criticalLearningRate(times, normalisation),
      /** Arrival epoch of gradient flow at any rate is this over the rate. */
      arrivalEpochTimesRate: arrivalEpoch({ start: r0, learningRate: 1, times, normalisation }),
      ...(rate === undefined ? {} : { atRate: atRate(rate, r0, times, normalisation) }),
    })),
  }
}

function atRate(rate: number, r0: number, times: DelayedActivationTimes, normalisation: Normalisation) {
  const { fate, ratio } = fateOfRate(rate, times, normalisation)
  const startsLost = r0 <= zoneEdge(times)
  return {
    rate,
    ratioToCritical: ratio,
    fate: startsLost ? ('never learns' as const) : fate,
    arrivalEpoch: arrivalEpoch({ start: r0, learningRate: rate, times, normalisation }),
    ...(startsLost || fate === 'exposed' ? {} : { lossFloor: lossFloor(rate, times, normalisation) }),
  }
}

function printAnswer(answer: TheoryAnswer): void {
  const { delay, response, optimum, zoneEdge, relativeStart, slopeRatio, losses } = answer
  print(`x' = x² + r, off for T = ${delay}, then on for T_R = ${response}\n`)
  const style = { head: [], border: [] }
  const general = new Table({ style })
  general.push(
    ['optimum r*', number(optimum)],
    ['edge of the no-learning zone', `${number(zoneEdge)} = ${number(zoneEdge / optimum)} r*`],
    [`slope of the loss at r* over that at r₀ = ${relativeStart} r*`, number(slopeRatio)],
  )
  print(general.toString())
  const columns = new Table({ head: ['', ...losses.map(row => `${row.normalisation} ${row.loss}`)], style })
  columns.push(
    ['critical learning rate', ...losses.map(row => number(row.criticalLearningRate))],
    ['arrival epoch of gradient flow × rate', ...losses.map(row => number(row.arrivalEpochTimesRate))],
  )
  print(columns.toString())
  for (const row of losses) if (row.atRate) printFate(row.normalisation, row.atRate)
}

function printFate(normalisation: Normalisation, at: ReturnType<typeof atRate>): void {
  const arrives = `gradient flow arrives at epoch ${Math.round(at.arrivalEpoch)}`
  const fates = {
    'never learns': 'never learns: the start lies in the no-learning zone',
    exposed: `${arrives}; exposed to the no-learning zone: a step from just above r* lands in it, and nothing returns`,
    oscillates: `${arrives}; learns, then hops about r* with a mean loss of about ${number(at.lossFloor ?? Number.NaN)}`,
  }
  const share = number(at.ratioToCritical)
  print(`${normalisation}: rate ${at.rate} is ${share} of the critical rate; ${fates[at.fate]}`)
}

function number(value: number): string {
  return value === Number.POSITIVE_INFINITY ? 'never' : String(Number(value.toPrecision(5)))
}
