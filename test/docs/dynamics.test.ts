import { expect, it } from 'vitest'
import { examplesOf, outputOf } from './run-example.js'

it('the example of docs/dynamics.md finds the ghost of x′ = 0.04 + x² and times its passage', async () => {
  const [example] = examplesOf('dynamics.md')
  const output = await outputOf(example!)
  // π/√0.04, the whole passage, and half of it through the core.
  expect(output).toMatch(/^ghost Float64Array\(2\) \[.*?\] 15\.70\d+ 0\n/s)
  expect(output).toMatch(/predictedTime: 7\.8\d+,\s+simulatedTime: 7\.8\d+/)
  // One visit through the window of three core widths, 2·atan(3)/√0.04.
  expect(output).toMatch(/\[ \[ \d+\.\d+, 12\.\d+ \] \]\n$/)
})
