import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { openPartCache, type PartAddress } from '../../src/experiments/part-cache.js'
import { InputError } from '../../src/settings/input-error.js'

const root = mkdtempSync(join(tmpdir(), 'ghostpoint-test-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let folders = 0
const newFolder = () => join(root, String(folders++))

const address: PartAddress = { figure: '6', part: 'full, rate 3', profile: 'quick' }

describe('a kept part', () => {
  it('is what was stored, whatever plain data it is', () => {
    const cache = openPartCache({ folder: newFolder(), computationOf: () => 'x' })
    const results = [
      { loss: Float64Array.of(1, Number.NaN, -0), none: undefined, nested: [{ at: new Map([[1, 'a']]) }] },
      undefined,
      [],
    ]
    for (const result of results) {
      cache.store(address, { result, seconds: 1.5 })
      expect(cache.load(address)).toEqual({ result, seconds: 1.5 })
    }
  })

  it('is found by an equal cache opened later, and not by one of other code', () => {
    const folder = newFolder()
    openPartCache({ folder, computationOf: () => 'x' }).store(address, { result: 1, seconds: 1 })
    const notes: string[] = []
    const open = (computation: string) =>
      openPartCache({ folder, computationOf: () => computation, onNote: text => notes.push(text) }).load(
        address,
      )
    expect(open('x')).toEqual({ result: 1, seconds: 1 })
    expect(open('y')).toBeUndefined()
    expect(notes).toEqual([])
  })

  it('is found for no other figure, part or profile', () => {
    const cache = openPartCache({ folder: newFolder(), computationOf: () => 'x' })
    cache.store(address, { result: 1, seconds: 1 })
    expect(cache.load({ ...address, figure: '7' })).toBeUndefined()
    expect(cache.load({ ...address, part: 'full, rate 4' })).toBeUndefined()
    expect(cache.load({ ...address, profile: 'paper' })).toBeUndefined()
  })

  it('is not found under another name: the key is in the file', () => {
    const folder = newFolder()
    const cache = openPartCache({ folder, computationOf: () => 'x' })
    const other = { ...address, part: 'b' }
    cache.store(address, { result: 1, seconds: 1 })
    const [first] = readdirSync(folder)
    cache.store(other, { result: 2, seconds: 1 })
    const second = readdirSync(folder).find(name => name !== first)!
    writeFileSync(join(folder, second), readFileSync(join(folder, first!)))
    expect(cache.load(other)).toBeUndefined()
  })

  it('is not found by a fresh cache, which keeps what is stored all the same', () => {
    const folder = newFolder()
    const open = (fresh: boolean) => openPartCache({ folder, fresh, computationOf: () => 'x' })
    open(false).store(address, { result: 1, seconds: 1 })
    const fresh = open(true)
    expect(fresh.load(address)).toBeUndefined()
    fresh.store(address, { result: 2, seconds: 1 })
    expect(open(false).load(address)?.result).toBe(2)
  })

  it('that is damaged anywhere, or cut off, is not found', () => {
    const folder = newFolder()
    const notes: string[] = []
    const cache = openPartCache({ folder, computationOf: () => 'x', onNote: text => notes.push(text) })
    cache.store(address, { result: Float64Array.of(1, 2, 3), seconds: 1 })
    const file = join(folder, readdirSync(folder)[0]!)
    const whole = readFileSync(file)
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flipped) => {
        const damaged = Buffer.from(whole)
        damaged[at]! ^= flipped
        writeFileSync(file, damaged)
        expect(cache.load(address)).toBeUndefined()
        writeFileSync(file, whole.subarray(0, at))
        expect(cache.load(address)).toBeUndefined()
      }),
    )
    expect(notes.length).toBeGreaterThan(0)
    expect(notes[0]).toBe(`${file} is damaged: that part is computed anew`)
    writeFileSync(file, whole)
    expect(cache.load(address)?.result).toEqual(Float64Array.of(1, 2, 3))
  })
})

describe('a cache that cannot be written', () => {
  it('says so once, and throws nothing', () => {
    const folder = newFolder()
    const notes: string[] = []
    const cache = openPartCache({ folder, computationOf: () => 'x', onNote: text => notes.push(text) })
    rmSync(folder, { recursive: true })
    for (const part of ['a', 'b']) cache.store({ ...address, part }, { result: 1, seconds: 1 })
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(/^results of parts are not kept: .*cannot be written: no such file or directory/)
  })

  it('is refused at once where its folder is a file', () => {
    const folder = newFolder()
    mkdirSync(root, { recursive: true })
    writeFileSync(folder, '')
    expect(() => openPartCache({ folder, computationOf: () => 'x' })).toThrow(InputError)
  })
})
