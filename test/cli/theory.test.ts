import { describe, expect, it } from 'vitest'
import { ghostpoint, linesOf } from './run-command.js'

/** `ghostpoint theory … --json`, which must be one JSON document on stdout and nothing else anywhere. */
async function theory(...flags: string[]) {
  const { code, stdout, stderr } = await ghostpoint(['theory', ...flags, '--json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(linesOf(stdout)).toHaveLength(1)
  const answer = JSON.parse(stdout)
  const [normalised, unNormalised] = answer.losses
  expect([normalised.normalisation, unNormalised.normalisation]).toEqual(['normalised', 'un-normalised'])
  return { answer, normalised, unNormalised }
}

describe('ghostpoint theory', () => {
  it('gives the closed forms at equal delay and response', async () => {
    const { answer, normalised, unNormalised } = await theory('--delay', '100')
    const optimum = Math.PI ** 2 / (4 * 100 ** 2)
    expect(answer).toMatchObject({ delay: 100, response: 100 })
    expect(answer.optimum).toBeCloseTo(optimum, 18)
    expect(answer.zoneEdge).toBeCloseTo(optimum / 4, 18)
    expect(answer.slopeRatio).toBeCloseTo(1000, 9)
    expect(unNormalised.criticalLearningRate / ((3 * Math.PI ** 4) / (32 * 100 ** 5))).toBeCloseTo(1, 12)
    expect(normalised.criticalLearningRate / ((3 * Math.PI ** 4) / (32 * 100 ** 4))).toBeCloseTo(1, 12)
    const arrival = (8 * ((10 * optimum) ** 2.5 - optimum ** 2.5)) / (5 * Math.PI)
    expect(unNormalised.arrivalEpochTimesRate / arrival).toBeCloseTo(1, 12)
    expect(normalised.arrivalEpochTimesRate / (100 * arrival)).toBeCloseTo(1, 12)
    expect(unNormalised.atRate).toBeUndefined()
  })

  it('gives the critical rate (r* − r_z)/|dL/dr| at a response of its own', async () => {
    const { answer, unNormalised } = await theory('--delay', '50', '--response', '20')
    const optimum = (Math.PI / 100) ** 2
    const edge = (Math.PI / 140) ** 2
    expect(answer.zoneEdge / edge).toBeCloseTo(1, 12)
    const slope = Math.PI / (4 * optimum ** 1.5)
    expect(unNormalised.criticalLearningRate / ((optimum - edge) / slope)).toBeCloseTo(1, 12)
  })

  it('says what a rate below the critical one will do', async () => {
    const critical = (3 * Math.PI ** 4) / (32 * 100 ** 5)
    const { unNormalised } = await theory('--delay', '100', '--rate', String(0.2 * critical))
    const { fate, ratioToCritical, lossFloor, arrivalEpoch } = unNormalised.atRate
    expect(fate).toBe('oscillates')
    expect(ratioToCritical).toBeCloseTo(0.2, 12)
    // A step of 3/4·0.2 of the optimum about the kink; the loss is half the distance, on average half a step.
    expect(lossFloor).toBeCloseTo((100 * 0.75 * 0.2) / 4, 10)
    expect(arrivalEpoch).toBeCloseTo(unNormalised.arrivalEpochTimesRate / (0.2 * critical), 6)
  })

  it('says that a rate is above the critical one of one loss and below that of the other', async () => {
    const { normalised, unNormalised } = await theory('--delay', '100', '--rate', '1e-9')
    expect(unNormalised.atRate.fate).toBe('exposed')
    expect(unNormalised.atRate).not.toHaveProperty('lossFloor')
    expect(normalised.atRate.fate).toBe('oscillates')
  })

  it('says that a start in the no-learning zone never learns at any rate', async () => {
    const { unNormalised } = await theory('--delay', '100', '--start', '0.24', '--rate', '1e-12')
    expect(unNormalised.atRate).toMatchObject({ fate: 'never learns', arrivalEpoch: null })
    const { stdout } = await ghostpoint(['theory', '--delay', '100', '--start', '0.24', '--rate', '1e-12'])
    expect(stdout).toContain('never learns: the start lies in the no-learning zone')
    expect(stdout).not.toContain('Infinity')
  })

  it('prints both critical rates, named, and the fate of the rate', async () => {
    const { code, stdout, stderr } = await ghostpoint(['theory', '--delay', '100', '--rate', '1e-10'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/normalised \|T − t\*\|\/T.*un-normalised \|T − t\*\|/)
    expect(stdout).toMatch(/critical learning rate.*9\.1321e-8.*9\.1321e-10/)
    expect(stdout).toMatch(/un-normalised: rate 1e-10 is 0\.1095 of the critical rate; .*epoch 1535; learns/)
  })

  it.each([
    ['1e-12', '1e12', '1e99'],
    ['1e12', '1e-12', '1e99'],
    ['1e12', '1e12', '1e-99'],
  ])(
    'neither underflows nor overflows at delay %s, response %s and rate %s',
    async (delay, response, rate) => {
      const flags = ['--delay', delay, '--response', response, '--start', '1e12', '--rate', rate]
      const { normalised, unNormalised } = await theory(...flags)
      for (const { criticalLearningRate, atRate } of [normalised, unNormalised]) {
        for (const value of [criticalLearningRate, atRate.ratioToCritical, atRate.arrivalEpoch]) {
          expect(value).toBeGreaterThan(0)
        }
      }
    },
  )
})

describe('--help', () => {
  it.each([[[]], [['reproduce']], [['theory']], [['train']]])(
    'of %j has an example and is no failure',
    async command => {
      const { code, stdout, stderr } = await ghostpoint([...command, '--help'])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(/Examples?:\n {2}\$ ghostpoint \S+/)
    },
  )
})
