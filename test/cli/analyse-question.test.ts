import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type QuestionFlags, readQuestion } from '../../src/cli/analyse/question.js'
import { npyBytes } from '../../src/formats/npy.js'
import { npzBytes } from '../../src/formats/npz.js'
import { safetensorsBytes } from '../../src/formats/safetensors.js'
import { InputError } from '../../src/settings/input-error.js'
import { emptyFolder } from './run-command.js'

const vector = (...values: number[]) => ({ shape: [values.length], data: Float64Array.of(...values) })
const network = { m: vector(2, 2), n: vector(0.5, 0.5), b: vector(0, 0) }
const driven = {
  ...network,
  W_in: vector(1, 2),
  b_in: vector(0, 0),
  W_rec: { shape: [2, 2], data: new Float64Array(4) },
}
const good = npzBytes(network)

const files: Readonly<Record<string, string | Uint8Array>> = {
  'good.npz': good,
  'driven.npz': npzBytes(driven),
  'cut.npz': good.subarray(0, good.length - 30),
  'text.npz': 'not an archive',
  'empty.npz': '',
  'net.pt': good,
  'states.npy': npyBytes({ shape: [3, 2], data: new Float64Array(6) }),
  'cut.safetensors': safetensorsBytes(network).subarray(0, 200),
  'nothing.npz': npzBytes({}),
  'nan.npz': npzBytes({ ...network, b: vector(0, Number.NaN) }),
  'shape.npz': npzBytes({ ...network, n: vector(1, 2, 3) }),
  'gru.npz': npzBytes({ 'gru.weight_hh_l0': { shape: [6, 2], data: new Float64Array(12) } }),
}

const search = { starts: 20, noise: 0.1, seed: 0 }

/** Reads a question about a file in a folder of all these, its messages without the folder. */
function ask(file: string, flags: Partial<QuestionFlags> = {}) {
  const folder = emptyFolder()
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  mkdirSync(join(folder, 'folder.npz'))
  const { trajectories } = flags
  const there = trajectories === undefined ? {} : { trajectories: join(folder, trajectories) }
  try {
    return readQuestion(join(folder, file), { ...search, ...flags, ...there })
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new Error(error.message.replaceAll(join(folder, '/'), ''))
  }
}

describe('readQuestion', () => {
  it.each([
    [
      'nowhere.npz',
      {},
      'nowhere.npz: cannot be read: no such file or directory; accepted: a whole file whose name ',
    ],
    ['folder.npz', {}, 'folder.npz: cannot be read: it is no file; accepted: '],
    [
      'net.pt',
      {},
      'net.pt: is no file of arrays by its name; accepted: a whole file whose name ends in .npz, .safet',
    ],
    ['states.npy', {}, 'states.npy: is no file of arrays by its name; '],
    ['empty.npz', {}, 'empty.npz: is empty; accepted: '],
    ['text.npz', {}, 'text.npz: not a whole .npz archive: invalid zip data; accepted: '],
    ['cut.npz', {}, 'cut.npz: not a whole .npz archive: '],
    ['cut.safetensors', {}, 'cut.safetensors: safetensors: the file is cut off: '],
    [
      'nothing.npz',
      {},
      'nothing.npz: holds no network by the names of its arrays; it holds no array; accepted: ',
    ],
    ['nan.npz', {}, 'nan.npz: b[1]: is NaN; accepted: finite numbers'],
    ['shape.npz', {}, 'shape.npz: n: is of shape (3,); accepted: (2,)'],
    ['gru.npz', {}, 'gru.npz: gru.weight_hh_l0: is of nn.GRU: shape (6, 2), 3 gates; accepted: nn.RNN or '],
    [
      'good.npz',
      { weights: 'K' },
      'good.npz: no array "K"; it holds m (2,) <f8, n (2,) <f8, b (2,) <f8; accepted: ',
    ],
    ['good.npz', { bias: 'b' }, '--bias: given without --weights; accepted: both, or neither'],
    [
      'good.npz',
      { input: [1] },
      '--input: good.npz has no input weights; accepted: a network with input weights',
    ],
    ['driven.npz', { input: [1, 2] }, '--input: got 2 numbers; accepted: 1 number, separated by commas'],
    [
      'good.npz',
      { states: 'm' },
      'good.npz: m: is of shape (2,); accepted: (steps, 2) or (trials, steps, 2), not ',
    ],
    ['good.npz', { trajectories: 'good.npz' }, 'good.npz: holds no trajectories; it holds m (2,) <f8, '],
    ['good.npz', { trajectories: 'nowhere.npy' }, 'nowhere.npy: cannot be read: no such file or directory; '],
  ])('refuses %s with flags %j in one line', (file, flags, message) => {
    expect(() => ask(file, flags)).toThrow(message)
  })

  it('takes the input that is given, or zeros', () => {
    expect(ask('driven.npz').input).toEqual([0])
    const { network: held, input } = ask('driven.npz', { input: [0.5] })
    expect(input).toEqual([0.5])
    expect([...held.weights.constant]).toEqual([0.5, 1])
    expect(ask('good.npz').input).toBeUndefined()
  })

  it('draws as many starts as asked, in latent variables where there are fewer', () => {
    expect(ask('driven.npz').starts.map(start => start.length)).toEqual(Array(20).fill(2))
    expect(ask('good.npz').starts.map(start => start.length)).toEqual(Array(20).fill(1))
  })

  it('starts from trajectories of another file', () => {
    const { starts, visited } = ask('good.npz', { trajectories: 'states.npy', noise: 0 })
    expect(visited?.trajectories).toMatchObject({ name: 'states', trials: [{ length: 3 }] })
    expect(starts.every(([kappa]) => kappa === 0)).toBe(true)
  })
})
