import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesText, readChanges, withChange } from '../../lab/state/changes.js'
import { clamped, createRoomState } from '../../lab/state/fields.js'
import { applyLink, linkOf } from '../../lab/state/link.js'

function makeState() {
  return createRoomState('net', {
    rate: { kind: 'number', label: 'rate', initial: 0.02, min: 1e-4, max: 1, scale: 'log' },
    seed: { kind: 'number', label: 'seed', initial: 40, min: 0, max: 1000, whole: true },
    axis: {
      kind: 'choice',
      label: 'axis',
      initial: 'log',
      options: { log: 'logarithmic', linear: 'linear' },
    },
    changes: { kind: 'changes', label: 'changes', initial: [] },
  })
}

type State = ReturnType<typeof makeState>
const rooms = ['network', 'remedies']
const valuesOf = ({ values }: State) =>
  Object.fromEntries(Object.entries(values).map(([key, { value }]) => [key, value]))

function read(fragment: string) {
  const state = makeState()
  const reading = applyLink(fragment, rooms, [state])
  return { ...reading, values: valuesOf(state) }
}

const change = fc.record({
  epoch: fc.integer({ min: 1, max: 1e6 }),
  rate: fc.double({ min: 1e-6, max: 10, noNaN: true }),
  confidence: fc.double({ min: 0.01, max: 100, noNaN: true }),
})
const changes = fc
  .uniqueArray(change, { maxLength: 20, selector: ({ epoch }) => epoch })
  .map(list => list.sort((a, b) => a.epoch - b.epoch))

describe('a link', () => {
  it('of the initial state names its version and its room alone', () => {
    expect(linkOf('network', [makeState()])).toBe('v=1&room=network')
  })

  it('reproduces every state that the fields accept', () => {
    const states = fc.record({
      rate: fc.double({ min: 1e-4, max: 1, noNaN: true }),
      seed: fc.nat(1000),
      axis: fc.constantFrom('log', 'linear'),
      changes,
    })
    fc.assert(
      fc.property(states, wanted => {
        const state = makeState()
        for (const [key, value] of Object.entries(wanted)) {
          Object.assign(state.values[key as keyof typeof wanted], { value })
        }
        const { room, problem, values } = read(linkOf('remedies', [state]))
        expect({ room, problem, values }).toEqual({ room: 'remedies', problem: undefined, values: wanted })
      }),
    )
  })

  it('with a value out of bounds is clamped; with one that cannot be read it is as if it were not there', () => {
    const { rate, seed, axis, changes } = read(
      'v=1&net.rate=1e9&net.seed=-7.3&net.axis=toString&net.changes=0:r=1,5:r=x,9:c=2',
    ).values
    expect({ rate, seed, axis }).toEqual({ rate: 1, seed: 0, axis: 'log' })
    expect(changes).toEqual([{ epoch: 9, confidence: 2 }])
    expect(read('net.rate=NaN&net.seed=Infinity&net.rate=2').values).toMatchObject({ rate: 0.02, seed: 1000 })
    expect(read('net.rate=&room=__proto__').room).toBeUndefined()
  })

  it('of a newer version is said, and shows the initial state', () => {
    const { problem, values } = read('v=2&net.rate=0.5')
    expect(problem).toBe('this link is of version 2, and this page reads 1')
    expect(values).toEqual(valuesOf(makeState()))
  })

  it('of any text gives a state that the fields accept, and throws nothing', () => {
    const key = fc.constantFrom('v', 'room', 'net.rate', 'net.seed', 'net.axis', 'net.changes', 'x')
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.double().map(String),
      fc.constantFrom(
        '%',
        '%E0%A4%A',
        '\u0000',
        '__proto__',
        'constructor',
        '-0',
        '1e999',
        '0x10',
        ' 1 ',
        '９',
      ),
    )
    const fragment = fc
      .array(fc.tuple(key, hostile), { maxLength: 12 })
      .map(pairs => pairs.map(([name, value]) => `${name}=${value}`).join('&'))
    fc.assert(
      fc.property(fc.oneof(fragment, fc.string({ unit: 'binary' })), text => {
        const { values } = read(text)
        expect(values.rate).toBeGreaterThanOrEqual(1e-4)
        expect(values.rate).toBeLessThanOrEqual(1)
        expect(Number.isInteger(values.seed) && Number(values.seed) >= 0 && Number(values.seed) <= 1000).toBe(
          true,
        )
        expect(['log', 'linear']).toContain(values.axis)
        expect(readChanges(changesText(values.changes as never))).toEqual(values.changes)
      }),
      { numRuns: 500 },
    )
  })

  it('that is enormous is read in no time to speak of, as far as it may reach', () => {
    const { values } = read(`net.rate=0.5&${'net.changes=1:r=1,'.repeat(200_000)}&net.seed=3`)
    expect(values.rate).toBe(0.5)
    expect(values.seed).toBe(40)
  })
})

describe('changes in the course of a training', () => {
  it('are made at the end: one at an earlier epoch drops those after it', () => {
    const first = withChange([], { epoch: 100, rate: 0.1 })
    const second = withChange(first, { epoch: 200, confidence: 1 })
    expect(second).toEqual([
      { epoch: 100, rate: 0.1 },
      { epoch: 200, confidence: 1 },
    ])
    expect(withChange(second, { epoch: 200, rate: 0.5 })[1]).toEqual({ epoch: 200, confidence: 1, rate: 0.5 })
    expect(withChange(second, { epoch: 150, rate: 1 })).toEqual([first[0], { epoch: 150, rate: 1 }])
  })
})

describe('a number as its field accepts it', () => {
  it('is within the limits, whole where it has to be, the initial one if it is none', () => {
    const field = { kind: 'number', label: 'seed', initial: 40, min: 0, max: 10, whole: true } as const
    expect([Number.NaN, -1, 3.6, 1e9].map(value => clamped(field, value))).toEqual([40, 0, 4, 10])
  })
})
