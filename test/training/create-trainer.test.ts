import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/settings/input-error.js'
import { parseSettings, type SettingsInput } from '../../src/settings/settings.js'
import { createTask, createTrainer } from '../../src/training/create-trainer.js'
import { bytesNeeded, mostBytes, taskShape } from '../../src/training/memory.js'
import { train } from '../../src/training/train.js'
import { readFixture } from '../read-fixture.js'

interface GradientCase {
  readonly case: { readonly model: string; readonly task?: string; readonly seed: number }
  readonly lr_of_updates: number
  readonly loss: number
  readonly loss_after_1_2_3_updates: readonly number[]
}

/** The settings of each independent gradient that is not of a rank-one network. */
const settingsOf: Readonly<Record<string, Pick<SettingsInput, 'model' | 'task'>>> = {
  rank_k: { model: { kind: 'autonomous', rank: 1 }, task: { kind: 'delayed-activation' } },
  dcdt: { model: { kind: 'driven' }, task: { kind: 'cue-discrimination', cue: 6, delay: 16 } },
  dms: { model: { kind: 'driven' }, task: { kind: 'match-to-sample' } },
}

const cases = readFixture<{ cases: GradientCase[] }>('gradients.json')
  .cases.filter(entry => entry.case.model !== 'rank_one')
  .map(entry => ({ ...entry, name: entry.case.task ?? entry.case.model }))

/** One of every kind of network and optimiser, small enough to be quick. */
const variety: readonly SettingsInput[] = [
  {
    model: { kind: 'rank-one', neurons: 20, trainConfidence: true },
    task: { kind: 'delayed-activation', delay: 5 },
    optimizer: { kind: 'adam', rate: 0.01 },
    confidence: 4,
    epochs: 5,
  },
  {
    model: { kind: 'autonomous', neurons: 21, rank: 3 },
    task: { kind: 'delayed-activation', delay: 5, response: 3 },
    optimizer: { kind: 'adam', rate: 0.01 },
    readOutNorm: 2,
    epochs: 5,
  },
  {
    model: { kind: 'driven', neurons: 22, rank: 2, noise: 0.1, initialNoise: 0.3 },
    task: { kind: 'cue-discrimination', trialsPerClass: 9 },
    optimizer: { kind: 'adam', rate: 0.01 },
    readOutNorm: 1,
    seed: 7,
    epochs: 5,
  },
  {
    model: { kind: 'driven', neurons: 23, noise: 0.1, initialNoise: 0.3 },
    task: { kind: 'match-to-sample', delay: 3 },
    optimizer: { kind: 'sgd', rate: 0.1 },
    seed: 8,
    epochs: 5,
  },
]

describe('a trainer made of settings', () => {
  it.each(cases)('has the losses of PyTorch in double precision: $name', async expected => {
    const trainer = await createTrainer({
      ...settingsOf[expected.name]!,
      optimizer: { kind: 'sgd', rate: expected.lr_of_updates },
      seed: expected.case.seed,
      epochs: 4,
      precision: 'double',
    })
    const { loss } = trainer.advance(4)
    for (const [epoch, value] of [expected.loss, ...expected.loss_after_1_2_3_updates].entries()) {
      expect(Math.abs(loss[epoch]! / value - 1)).toBeLessThan(1e-10)
    }
  })

  it.each(variety)('sees in single precision what it sees in double: $model.kind', async settings => {
    const [single, double] = await Promise.all(
      (['single', 'double'] as const).map(precision => createTrainer({ ...settings, precision })),
    )
    const [got, wanted] = [single!.advance(5), double!.advance(5)]
    for (let epoch = 0; epoch < 5; epoch++) {
      expect(Math.abs(got.loss[epoch]! / wanted.loss[epoch]! - 1)).toBeLessThan(1e-4)
      expect(Math.abs(got.gradientNorm[epoch]! / wanted.gradientNorm[epoch]! - 1)).toBeLessThan(1e-3)
    }
    expect(single!.parameters).not.toEqual(double!.parameters)
    for (const [name, { shape, data }] of Object.entries(double!.parameters)) {
      expect(single!.parameters[name]!.shape).toEqual(shape)
      data.forEach((value, i) => {
        expect(single!.parameters[name]!.data[i]).toBeCloseTo(value, 3)
      })
    }
  })

  it.each(variety)(
    'continues bit for bit in single precision from a snapshot: $model.kind',
    async settings => {
      const [whole, resumed] = await Promise.all([createTrainer(settings), createTrainer(settings)])
      whole.advance(70)
      const snapshot = structuredClone(whole.snapshot())
      const after = whole.advance(70)
      resumed.advance(11)
      resumed.restore(snapshot)
      expect(resumed.advance(70)).toEqual(after)
      expect(resumed.snapshot()).toEqual(whole.snapshot())
    },
  )

  it.each(variety)('trains to its end: $model.kind', async settings => {
    const { status, epochs, history } = await train(settings)
    expect({ status, epochs }).toEqual({ status: 'finished', epochs: 5 })
    expect([...history.epoch]).toEqual([0, 1, 2, 3, 4])
  })

  it('has the task that is named, of the shape told beforehand', () => {
    for (const settings of variety) {
      const parsed = parseSettings(settings)
      const task = createTask(parsed)
      expect(task.kind).toBe(parsed.task.kind)
      expect(taskShape(parsed.task)).toEqual({ trials: task.trials, steps: task.steps })
      expect(task.targets).toHaveLength(task.trials * task.steps)
    }
  })

  it('is refused, with the bytes it would need, before anything is allocated', async () => {
    const settings: SettingsInput = {
      model: { kind: 'driven' },
      task: { kind: 'match-to-sample', delay: 100_000, trialsPerClass: 100_000 },
      optimizer: { kind: 'sgd', rate: 1 },
      epochs: 1,
    }
    for (const precision of ['single', 'double'] as const) {
      const refusal = await createTrainer({ ...settings, precision }).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(InputError)
      expect(String(refusal)).toMatch(
        /^InputError: settings: needs 12\d{11} bytes of memory; accepted: at most/,
      )
    }
  })

  it('needs no more bytes than there may be for every experiment of the paper', () => {
    for (const settings of variety) expect(bytesNeeded(parseSettings(settings))).toBeLessThan(1e6)
    const largest = parseSettings({
      model: { kind: 'driven', rank: 2, noise: 0.01 },
      task: { kind: 'match-to-sample', trialsPerClass: 500 },
      optimizer: { kind: 'adam', rate: 1e-4 },
      epochs: 20_000,
    })
    // Four numbers for each of 2000 trials and 38 steps, and what 100 neurons need.
    expect(bytesNeeded(largest)).toBeGreaterThan(8 * 4 * 2000 * 38)
    expect(bytesNeeded(largest)).toBeLessThan(mostBytes / 1000)
  })
})
