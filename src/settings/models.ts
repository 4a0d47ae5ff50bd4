import * as z from 'zod'
import { notNegative, positive, wholeNumber } from './fields.js'

const neurons = wholeNumber(1, 1024).default(100).describe('number of neurons N')

const leak = positive('a number above 0, at most 1')
  .max(1, 'a number above 0, at most 1')
  .default(0.5)
  .describe('α = dt/τ, the share of the state renewed in one step')

const acceptedRank = '"full" or a whole number from 1 to 1024'
const rank = z
  .union([z.literal('full'), wholeNumber(1, 1024, acceptedRank)], acceptedRank)
  .default('full')
  .describe('rank of the recurrent weights: "full", or K for a product of two factors')

const rankOneModel = z
  .strictObject({
    kind: z.literal('rank-one'),
    neurons,
    leak,
    trainConfidence: z
      .boolean('true or false')
      .optional()
      .describe('train c with the other parameters, from the confidence given; fixed unless true'),
  })
  .describe('x ← (1 − α)x + α·tanh(mκ + b), κ = n·x, output σ(c(κ − 1))')

const autonomousModel = z
  .strictObject({ kind: z.literal('autonomous'), neurons, leak, rank })
  .describe('x ← (1 − α)x + α·tanh(x·W + b) without input, W = m·n of rank K, output φ(x·w_out + b_out)')

const drivenModel = z
  .strictObject({
    kind: z.literal('driven'),
    neurons,
    leak,
    rank,
    initialNoise: notNegative()
      .default(0)
      .describe('σ_r: every trial of an epoch starts from tanh(σ_r·N(0, 1))'),
    noise: notNegative().default(0).describe('σ of the normal noise in the input of every neuron and step'),
  })
  .describe(
    "r ← (1 − α)r + α·tanh(W_in u + b_in + r·W_rec + noise), driven by the task's input u, W_rec = S_l·S_r of rank K",
  )

export const modelSchema = z.discriminatedUnion('kind', [rankOneModel, autonomousModel, drivenModel])
