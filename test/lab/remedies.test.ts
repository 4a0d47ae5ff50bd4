import { describe, expect, it } from 'vitest'
import { branchOf } from '../../src/experiments/figure-8/rescue.js'
import { wilsonInterval } from '../../src/numerics/statistics.js'
import { openLab } from './browser.js'
import {
  fateOf,
  loweredOnceCollapsed,
  ofRank,
  rankOne,
  trainerAtCollapse,
  wholeTraining,
} from './remedies-library.js'
import { entry, events, fact, restsAt, savedData } from './remedies-page.js'

const seeds = Array.from({ length: 40 }, (_, seed) => seed)

describe('less confidence', () => {
  const settings = rankOne(1, 0.02, 3401)

  it('shows the library’s losses and gradients of both twins, bit for bit', async () => {
    const { page } = await openLab('room=remedies&fix.epoch=3400')
    await restsAt(page, 3400)
    const unchanged = await wholeTraining(settings)
    const from = unchanged.firstCollapse! + 1
    const lowered = await wholeTraining({ ...settings, changes: [{ epoch: from, confidence: 1 }] })
    const loss = await savedData(page, 'Loss of both twins')
    expect(loss.epoch).toEqual(Array.from({ length: 3401 }, (_, epoch) => epoch))
    expect(loss['loss, c = 10']).toEqual([...unchanged.loss])
    expect(loss['accuracy, c = 10']).toEqual([...unchanged.accuracy])
    expect(loss['loss, c = 1']!.slice(0, from)).toEqual(Array(from).fill(''))
    expect(loss['loss, c = 1']!.slice(from)).toEqual([...lowered.loss.subarray(from)])
    const gradient = await savedData(page, 'Gradient norm of both twins')
    expect(gradient['gradient norm, c = 10']).toEqual([...unchanged.gradientNorm])
    expect(gradient['gradient norm, c = 1']!.slice(from)).toEqual([...lowered.gradientNorm.subarray(from)])
  })

  it('names the library’s events, and the confidence’s return to learning', async () => {
    const { page } = await openLab('room=remedies&fix.epoch=3400')
    await restsAt(page, 3400)
    const unchanged = await wholeTraining(settings)
    const from = unchanged.firstCollapse! + 1
    const lowered = await wholeTraining({ ...settings, changes: [{ epoch: from, confidence: 1 }] })
    const { firstFall, secondFall } = unchanged.events
    expect(await events(page)).toEqual([
      `first fall: ${firstFall?.toLocaleString('en-US')}`,
      `second fall: ${secondFall?.toLocaleString('en-US')}`,
      `collapse: ${unchanged.firstCollapse?.toLocaleString('en-US')}`,
      `c = 1 learns again: ${lowered.regained?.toLocaleString('en-US')}`,
    ])
  })

  it('judges both by figure 8b’s rule, from the state at the collapse', async () => {
    const { page } = await openLab('room=remedies&fix.epoch=3400')
    await restsAt(page, 3400)
    const words = await Promise.all(
      [10, 1].map(async confidence => {
        const trainer = await trainerAtCollapse(settings)
        trainer.change({ confidence })
        const { accuracy, rescued } = branchOf(trainer.advance(100))
        return `c = ${confidence}: ${(100 * accuracy).toFixed(1)}%, ${rescued ? 'rescued' : 'not rescued'}`
      }),
    )
    expect(words[0]).toMatch(/not rescued$/)
    expect(words[1]).not.toMatch(/not rescued$/)
    expect(await fact(page, /^accuracy in epochs 51 to 100/)).toBe(words.join('; '))
  })

  it('trains the twin anew where its confidence is changed, at the same place in time', async () => {
    const { page } = await openLab('room=remedies&fix.epoch=3300')
    await restsAt(page, 3300)
    const confidence = entry(page, 'Lower confidence c')
    await confidence.fill('0.5')
    await confidence.press('Enter')
    await expect.poll(() => events(page)).toContainEqual(expect.stringContaining('c = 0.5 learns again'))
    await restsAt(page, 3300)
    const lowered = await loweredOnceCollapsed(rankOne(1, 0.02, 3301), 0.5)
    const loss = await savedData(page, 'Loss of both twins')
    const from = lowered.loweredAt!
    expect(loss['loss, c = 0.5']!.slice(from)).toEqual([...lowered.loss.subarray(from)])
  })

  it('looks at the network of a past epoch: its loss is that of the epoch', async () => {
    const { page } = await openLab('room=remedies&fix.epoch=3150&fix.to=3300')
    await restsAt(page, 3150)
    const { loss, accuracy } = await wholeTraining(rankOne(1, 0.02, 3151))
    const shown = `loss ${Number(loss.at(-1)!.toPrecision(3))}, accuracy ${Math.round(100 * accuracy.at(-1)!)}%`
    await expect.poll(() => fact(page, 'c = 10')).toBe(shown)
    expect(await fact(page, /^c = 1$/)).toBe('from the collapse on')
  })

  it('says so where a seed does not collapse, and goes on to the next that does', async () => {
    const { page } = await openLab('room=remedies&fix.seed=2&fix.epoch=6000')
    const collapse = async (seed: number) => (await wholeTraining(rankOne(seed, 0.02, 6000))).firstCollapse
    expect([await collapse(2), await collapse(3)]).toEqual([undefined, expect.any(Number)])
    await page.getByText('Seed 2 does not collapse within 6,000 epochs.').waitFor()
    await page.locator('.note').getByRole('button', { name: 'Next seed that collapses' }).click()
    await expect.poll(() => entry(page, 'Seed').inputValue()).toBe('3')
  })
})

describe('more rank', () => {
  it('shows the library’s losses of both ranks, bit for bit, and the first epoch below 1%', async () => {
    const { page } = await openLab('room=remedies&fix.what=rank&fix.K=10&fix.rateK=0.3&fix.epoch=900')
    await restsAt(page, 900)
    const first = await wholeTraining(ofRank(1, 1, 0.3, 901))
    const second = await wholeTraining(ofRank(10, 1, 0.3, 901))
    const gradient = await savedData(page, 'Gradient norm of both networks')
    expect(gradient['gradient norm, rank 1']).toEqual([...first.gradientNorm])
    expect(gradient['gradient norm, rank 10']).toEqual([...second.gradientNorm])
    const loss = await savedData(page, 'Loss of both networks')
    for (const [name, { loss: expected }] of [
      ['rank 1', first],
      ['rank 10', second],
    ] as const) {
      const shares = expected.map(value => value / expected[0]!)
      expect(loss[`loss / first loss, ${name}`]).toEqual([...shares])
      const below = shares.findIndex(share => share < 0.01)
      const listed = (await events(page)).filter(text => text.startsWith(`${name}: below 1%`))
      const wanted = below < 0 ? [] : [`${name}: below 1%: ${below.toLocaleString('en-US')}`]
      expect(listed).toEqual(wanted)
    }
  })
})

describe('forty seeds', () => {
  /** The page's forty against the library's, and the share with its interval. */
  async function sameAs(
    fragment: string,
    epochs: number,
    expected: readonly {
      loss: Float64Array
      fate: string
      firstFall: number | undefined
      collapse: number | undefined
    }[],
  ) {
    const { page } = await openLab(
      `room=remedies&fix.what=many&fix.epochs=${epochs}&fix.epoch=${epochs}&${fragment}`,
    )
    await restsAt(page, epochs - 1)
    const shown = await savedData(page, 'Loss of forty seeds')
    expect(shown.seed).toEqual(seeds)
    expect(shown.loss).toEqual(expected.map(({ loss }) => loss.at(-1)))
    expect(shown.verdict).toEqual(expected.map(({ fate }) => fate))
    expect(shown['first fall']).toEqual(expected.map(({ firstFall }) => firstFall ?? ''))
    expect(shown.collapse).toEqual(expected.map(({ collapse }) => collapse ?? ''))
    const learned = expected.filter(({ fate }) => fate.startsWith('learned')).length
    const { share, low, high } = wilsonInterval(learned, seeds.length)
    const percent = (value: number) => `${Math.round(100 * value)}%`
    expect(await fact(page, 'have learned')).toBe(`${learned} of 40`)
    expect(await fact(page, 'Wilson')).toBe(`${percent(share)} (${percent(low)} to ${percent(high)})`)
  }

  it('have the fates of the library’s networks of rank 3', async () => {
    const trained = seeds.map(async seed => {
      const { loss, events } = await wholeTraining(ofRank(3, seed, 0.1, 250))
      return { loss, fate: fateOf(events), firstFall: events.firstFall, collapse: events.collapse }
    })
    const expected = await Promise.all(trained)
    expect(new Set(expected.map(({ fate }) => fate))).toEqual(new Set(['learned', 'lost', 'not yet']))
    await sameAs('fix.net=K&fix.K=3&fix.rateK=0.1', 250, expected)
  })

  it('have the fates of the library’s rank-one networks whose confidence is lowered at the collapse', async () => {
    const trained = seeds.map(async seed => {
      const { loss, events, loweredAt } = await loweredOnceCollapsed(rankOne(seed, 0.1, 1000), 0.5)
      const fate = fateOf(events)
      const again = fate === 'learned' && loweredAt !== undefined
      const { firstFall, collapse } = events
      return { loss, fate: again ? 'learned again' : fate, firstFall, collapse }
    })
    const expected = await Promise.all(trained)
    expect(expected.filter(({ fate }) => fate === 'learned again').length).toBeGreaterThan(10)
    await sameAs('fix.net=lowered&fix.c=0.5&fix.rate=0.1', 1000, expected)
  })

  it('are as many as the text says', async () => {
    const plain = await Promise.all(seeds.map(seed => wholeTraining(rankOne(seed, 0.02, 6000))))
    const lowered = await Promise.all(
      seeds.map(seed => loweredOnceCollapsed(rankOne(seed, 0.02, 6000), 1, plain[seed])),
    )
    const count = (trained: readonly { events: Parameters<typeof fateOf>[0] }[], fate: string) =>
      trained.filter(({ events }) => fateOf(events) === fate).length
    expect([count(plain, 'learned'), count(plain, 'lost')]).toEqual([8, 22])
    expect([count(lowered, 'learned'), count(lowered, 'lost')]).toEqual([30, 0])
    const { page } = await openLab('room=remedies')
    const text = await page.locator('#remedies .prose').innerText()
    expect(text).toMatch(/8 have learned after 6000 epochs and 22 have lost it again/)
    expect(text).toMatch(/30 have learned and none is lost/)
  })
})
