import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseSettings } from '../../src/settings/settings.js'
import { canonicalJson, engineVersion, runId } from '../../src/sweeps/run-id.js'

const { record: _, ...settings } = parseSettings({
  model: { kind: 'rank-one' },
  task: { kind: 'delayed-activation' },
  optimizer: { kind: 'sgd', rate: 0.02 },
  seed: 40,
  epochs: 6000,
})

describe("a run's id", () => {
  it('is the SHA-256 of its settings, defaults filled in and keys in order, and of the engine', () => {
    const text =
      '{"engine":"0.0.0","lossAt":[10,20],"settings":{"confidence":10,"epochs":6000,' +
      '"model":{"kind":"rank-one","leak":0.5,"neurons":100},"optimizer":{"kind":"sgd","rate":0.02},' +
      '"precision":"single","seed":40,"task":{"delay":20,"kind":"delayed-activation"}}}'
    const expected = createHash('sha256').update(text).digest('hex')
    expect(runId({ settings, lossAt: [10, 20] }, '0.0.0')).toBe(expected)
  })

  it('does not depend on the order in which settings were written', () => {
    const reversed = Object.fromEntries(Object.entries(settings).reverse()) as typeof settings
    expect(runId({ settings: reversed, lossAt: [] })).toBe(runId({ settings, lossAt: [] }))
  })

  it('differs with any setting, the epochs whose loss is kept, and the engine', () => {
    const ids = [
      runId({ settings, lossAt: [] }),
      runId({ settings: { ...settings, seed: 41 }, lossAt: [] }),
      runId({ settings: { ...settings, optimizer: { kind: 'adam', rate: 0.02 } }, lossAt: [] }),
      runId({ settings, lossAt: [5] }),
      runId({ settings, lossAt: [] }, `${engineVersion}1`),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })
})

it('canonical JSON keeps lists in their order and drops what is undefined', () => {
  expect(canonicalJson({ b: [2, 1, { d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[2,1,{"d":1}]}')
})
