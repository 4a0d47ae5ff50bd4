import * as z from 'zod'
import { steps, wholeNumber } from './fields.js'

const trialsPerClass = wholeNumber(1, 100_000).default(1).describe('trials of each class in the batch')

const delayedActivation = z
  .strictObject({
    kind: z.literal('delayed-activation'),
    delay: steps().default(20).describe('steps T for which the output must stay off'),
    response: steps()
      .optional()
      .describe('steps T_R for which it must then be on; as long as the delay unless given'),
  })
  .describe('stay off for the delay, then on; no input; loss Σ(y − target)²/T')

const cueDiscrimination = z
  .strictObject({
    kind: z.literal('cue-discrimination'),
    cue: steps().default(2).describe('steps of the cue, +1 or −1'),
    delay: steps().default(10).describe('steps without input that follow'),
    reaction: steps().default(10).describe("steps in which to answer the cue's sign"),
    trialsPerClass,
  })
  .describe('answer the sign of a cue after a delay; tanh output, mean squared error')

const matchToSample = z
  .strictObject({
    kind: z.literal('match-to-sample'),
    cue: steps().default(6).describe('steps of either cue, +1 or −1'),
    delay: steps().default(16).describe('steps without input between the cues'),
    reaction: steps().default(10).describe('steps in which to answer 1 if the cues were equal, else 0'),
    trialsPerClass,
  })
  .describe('answer whether two cues were equal; sigmoid output, mean squared error')

export const taskSchema = z.discriminatedUnion('kind', [delayedActivation, cueDiscrimination, matchToSample])
