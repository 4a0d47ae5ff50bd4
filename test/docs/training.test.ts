import { expect, it } from 'vitest'
import { examplesOf, outputOf } from './run-example.js'

it('the example of docs/training.md runs and is back at its snapshot', async () => {
  const [example] = examplesOf('training.md')
  expect(await outputOf(example!)).toMatch(
    /^500 \{ epoch: \d+, loss: 0\.\d+ \} \[ 'W_in', 'b_in', 'S_l', 'S_r', 'w_out', 'b_out' \]\n$/,
  )
})
