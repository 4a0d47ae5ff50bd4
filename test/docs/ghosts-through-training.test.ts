import { describe, expect, it } from 'vitest'
import { examplesOf, outputOf } from './run-example.js'

const [latent, anyNetwork] = examplesOf('ghosts-through-training.md')

describe('the examples of docs/ghosts-through-training.md', () => {
  it('find the one bifurcation of a training that loses what it learned, and no ghost before it', async () => {
    const output = await outputOf(latent!)
    expect(output).toMatch(/^\[ \{ epoch: 51\d\d, after: 51\d\d, from: 1, to: 3 \} \] 51\d\d undefined 0\n$/)
  })

  it('follow the points of a network of rank two', async () => {
    const output = await outputOf(anyNetwork!)
    expect(output).toMatch(/'0: fixed point'/)
  })
})
