import { describe, expect, it } from 'vitest'
import {
  arrivalEpoch,
  criticalLearningRate,
  descendToy,
  entersZone,
  loss,
  lossFloor,
  lossGradient,
  optimum,
  publishedToy,
  simulateToy,
  zoneEdge,
} from '../../src/index.js'
import { toyLossGradient } from '../../src/models/toy.js'
import { ghostpoint } from '../cli/run-command.js'
import {
  announced,
  best,
  critical,
  fact,
  normal,
  normalisation,
  numbersOf,
  openRoom,
  picture,
  read,
  room,
  standsAt,
  start,
  times,
} from './one-dimension-room.js'

describe('the numbers of the room', () => {
  it('r, loss and gradient are those of the descent computed in Node', async () => {
    const page = await openRoom('1d.epoch=1700')
    await standsAt(page, 1700)
    const columns = await numbersOf(page, '1d-parameter')
    const r = descendToy({ times, normalisation, rate: 1e-10 }, start, 1700)
    expect(columns.epoch).toEqual([...r.keys()])
    for (const epoch of [0, 1, 700, 1500, 1537, 1538, 1539, 1699, 1700]) {
      expect(columns.r![epoch]! / r[epoch]!).toBeCloseTo(1, 9)
      expect(columns.loss![epoch]! / loss(r[epoch]!, times, normalisation)).toBeCloseTo(1, 9)
      expect(columns['dL/dr']![epoch]! / lossGradient(r[epoch]!, times, normalisation)).toBeCloseTo(1, 9)
    }
    expect(read(await fact(page, 'r'))).toBeCloseTo(r[1700]! / best, 3)
    expect(read(await fact(page, 'loss')) / loss(r[1700]!, times, normalisation)).toBeCloseTo(1, 3)
  })

  it('critical rate, arrival and floor are theory’s', async () => {
    const page = await openRoom('1d.epoch=1')
    expect(read(await fact(page, 'ratio'))).toBeCloseTo(1e-10 / critical, 4)
    const arrival = arrivalEpoch({ start, learningRate: 1e-10, times, normalisation })
    expect(read(await fact(page, 'arrival'))).toBe(Math.round(arrival))
    expect(read(await fact(page, 'floor')) / lossFloor(1e-10, times, normalisation)).toBeCloseTo(1, 2)
    const note = await page.locator('.one-dimension-note').innerText()
    expect(read(note.split(', ')[1]!) / critical).toBeCloseTo(1, 4)
  })

  it('the normalised loss has its own critical rate, and the same multiple of it gives the same fate', async () => {
    const page = await openRoom('1d.epoch=1')
    await room(page).getByLabel('Loss that is descended').selectOption('normalised')
    const rate = Number(
      await room(page)
        .getByRole('spinbutton', { name: /^Learning rate/ })
        .inputValue(),
    )
    expect(rate / (100 * 1e-10)).toBeCloseTo(1, 2)
    expect(read(await fact(page, 'ratio'))).toBeCloseTo(rate / criticalLearningRate(times, 'normalised'), 3)
  })

  it('outcomes at many rates agree with Node’s', async () => {
    const page = await openRoom('1d.epoch=1')
    const columns = await numbersOf(page, '1d-rates')
    const rates = columns['learning rate']!
    expect(rates.length).toBeGreaterThan(35)
    for (const i of [0, 20, 26, 27, 28, 29, 35, rates.length - 1]) {
      const lost = Array.from({ length: 40 }, (_, k) => best * (10 + 0.1 * normal(k + 1))).filter(r0 =>
        entersZone({ times, normalisation, rate: rates[i]! }, r0, 30_000),
      ).length
      expect({ rate: rates[i], lost: columns['starts lost']![i] }).toEqual({ rate: rates[i], lost })
    }
  })

  it('the phase line rests where x² + r is 0, and nowhere above the bifurcation', async () => {
    const page = await openRoom('1d.rate=4e-9&1d.epoch=500')
    const r = descendToy({ times, normalisation, rate: 4e-9 }, start, 500)[500]! / best
    const columns = await numbersOf(page, '1d-phase-line')
    const velocity = columns['x′ / r*']!
    for (const [i, x] of columns['x / √r*']!.entries()) expect(velocity[i]).toBeCloseTo(x * x + r, 9)
    const summary = await picture(page, '1d-phase-line').locator('.summary').innerText()
    if (r < 0) expect(summary).toContain(`stable at −${Math.sqrt(-r).toPrecision(3)}`)
    else expect(summary).toContain('nothing rests')
  })
})

describe('the fate of a descent', () => {
  it('at 1e-10 it reaches the optimum at the epoch that Node finds, and is not lost', async () => {
    const page = await openRoom('1d.epoch=3000')
    const r = descendToy({ times, normalisation, rate: 1e-10 }, start, 3000)
    const arrived = r.findIndex(at => at <= best)
    const buttons = room(page).getByRole('group', { name: 'Events of this descent' }).getByRole('button')
    expect(await buttons.allInnerTexts()).toEqual([`reaches r*: epoch ${arrived.toLocaleString('en-US')}`])
    await buttons.first().click()
    await standsAt(page, arrived)
  })

  it('at 1e-9 it is lost in the zone at the epoch that Node finds, with gradient 0, and says so', async () => {
    const page = await openRoom('1d.rate=1e-9&1d.speed=1000')
    await announced(page, 'lost: in the no-learning zone, gradient 0')
    await standsAt(page, 1000)
    const r = descendToy({ times, normalisation, rate: 1e-9 }, start, 1000)
    const lost = r.findIndex(at => at <= zoneEdge(times))
    const buttons = room(page).getByRole('group', { name: 'Events of this descent' }).getByRole('button')
    expect((await buttons.allInnerTexts()).at(-1)).toBe(`lost in the zone: epoch ${lost}`)
    expect(await fact(page, 'gradient')).toBe('0')
    expect(await fact(page, 'loss')).toBe('100 time units')
    expect(await fact(page, 'floor')).toBe('none')
  })

  it('a rate that learns a delay of 100 loses one of 160', async () => {
    const page = await openRoom('1d.delay=160&1d.epoch=900')
    const long = { delay: 160, response: 160 }
    const r = descendToy({ times: long, normalisation, rate: 1e-10 }, 10 * optimum(160), 900)
    expect(r[900]).toBeLessThanOrEqual(zoneEdge(long))
    await room(page).getByRole('button', { name: 'lost in the zone' }).waitFor()
    expect(read(await fact(page, 'r'))).toBeCloseTo(r[900]! / optimum(160), 3)
  })

  it('at a confidence of 0.5 it climbs out of the zone, along the gradient of the simulated trial', async () => {
    const page = await openRoom('1d.rate=2e-9&1d.a=0.5&1d.epoch=600')
    await standsAt(page, 600)
    const columns = await numbersOf(page, '1d-parameter')
    const simulation = { ...publishedToy, confidence: 0.5 }
    for (const epoch of [0, 60, 85, 300, 524]) {
      const r = columns.r![epoch]!
      const next = r - 2e-9 * (100 * toyLossGradient(r, simulation))
      expect(columns.r![epoch + 1]! / next).toBeCloseTo(1, 9)
      expect(columns.loss![epoch]! / (100 * simulateToy(r, simulation).loss)).toBeCloseTo(1, 9)
    }
    const lost = columns.r!.findIndex(r => r <= zoneEdge(times))
    const freed = columns.r!.findIndex((r, epoch) => epoch > lost && r > zoneEdge(times))
    expect(freed).toBeGreaterThan(lost)
    await room(page)
      .getByRole('button', { name: `out of the zone: epoch ${freed}` })
      .waitFor()
  })
})

describe('the command of the room', () => {
  it('prints what the room states', async () => {
    const page = await openRoom('1d.rate=1e-9&1d.delay=120&1d.epoch=1&1d.draw=3')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy as command: One dimension' }).click()
    const line = await page.evaluate(() => navigator.clipboard.readText())
    expect(line).toMatch(/^ghostpoint theory --delay 120 --rate /)
    const { code, stdout } = await ghostpoint([...line.split(' ').slice(1), '--json'])
    expect(code).toBe(0)
    const answer = JSON.parse(stdout)
    const { criticalLearningRate: printed, atRate } = answer.losses[1]
    expect(answer.losses[1].normalisation).toBe('un-normalised')
    expect(read(await fact(page, 'ratio'))).toBeCloseTo(atRate.ratioToCritical, 2)
    expect(read(await fact(page, 'arrival'))).toBe(Math.round(atRate.arrivalEpoch))
    expect(answer.zoneEdge / answer.optimum).toBeCloseTo(0.25, 12)
    const note = await page.locator('.one-dimension-note').innerText()
    expect(read(note.split(', ')[1]!) / printed).toBeCloseTo(1, 4)
    expect(answer.relativeStart).toBeCloseTo(10 + 0.1 * normal(3), 12)
    expect(atRate.fate).toBe('exposed')
    expect(await fact(page, 'floor')).toBe('none')
  })
})
