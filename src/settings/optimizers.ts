import * as z from 'zod'
import { positive } from './fields.js'

const rate = positive().describe('learning rate')

const gradientDescent = z
  .strictObject({ kind: z.literal('sgd'), rate })
  .describe('plain gradient descent on the whole batch')

const adam = z
  .strictObject({ kind: z.literal('adam'), rate })
  .describe("Adam with PyTorch's definitions and constants: β 0.9 and 0.999, ε 1e-8, no weight decay")

export const optimizerSchema = z.discriminatedUnion('kind', [gradientDescent, adam])
