import { describe, expect, it } from 'vitest'
import { criticalLearningRate, descendToy } from '../../src/index.js'
import { overhang, views, violations } from './accessibility.js'
import {
  announced,
  best,
  critical,
  fact,
  normal,
  normalisation,
  openRoom,
  picture,
  read,
  room,
  standsAt,
  start,
  tall,
  times,
} from './one-dimension-room.js'

describe('the scrubber', () => {
  it('moves the descent in every picture of it', async () => {
    const page = await openRoom('1d.epoch=100', tall)
    const names = ['1d-phase-line', '1d-landscape', '1d-loss', '1d-parameter', '1d-trial']
    const summaries = () =>
      Promise.all(names.map(name => picture(page, name).locator('.summary').innerText()))
    const marks = () =>
      Promise.all(
        ['1d-landscape', '1d-loss', '1d-parameter'].map(name =>
          picture(page, name).locator('[data-moving] circle').last().getAttribute('transform'),
        ),
      )
    for (const name of names) await picture(page, name).locator('svg').waitFor()
    const [before, marksBefore] = [await summaries(), await marks()]
    await room(page).getByRole('slider', { name: 'Epoch', exact: true }).fill('1530')
    await standsAt(page, 1530)
    const r = descendToy({ times, normalisation, rate: 1e-10 }, start, 1530)[1530]! / best
    await page.waitForFunction(
      wanted =>
        document.querySelector('[data-picture="1d-parameter"] .summary')?.textContent?.includes(wanted),
      `r = ${Number(r.toPrecision(4))} r*`,
    )
    const [after, marksAfter] = [await summaries(), await marks()]
    for (const i of names.keys()) expect(after[i]).not.toBe(before[i])
    for (const i of marksBefore.keys()) expect(marksAfter[i]).not.toBe(marksBefore[i])
    expect(after[0]).toContain(`r = ${Number(r.toPrecision(3))} r*`)
  })

  it('a click on the loss goes to the epoch under it', async () => {
    const page = await openRoom('1d.epoch=100', tall)
    const shown = picture(page, '1d-loss')
    await shown.locator('svg').waitFor()
    const tick = await shown.getByText('1,000', { exact: true }).boundingBox()
    await page.mouse.click(tick!.x + tick!.width / 2, tick!.y - 40)
    await page.waitForFunction(() => {
      const at = Number(
        document.querySelector('#one-dimension [data-fact="epoch"]')?.textContent?.replace(',', ''),
      )
      return Math.abs(at - 1000) < 15
    })
  })
})

describe('the picture of the rates', () => {
  it('a click sets the rate under it, and the descent starts anew', async () => {
    const page = await openRoom('', tall)
    const shown = picture(page, '1d-rates')
    await shown.locator('svg').waitFor()
    const tick = await shown.getByText('10⁻⁹', { exact: true }).boundingBox()
    await page.mouse.click(tick!.x + tick!.width / 2, tick!.y - 40)
    const rate = Number(
      await room(page)
        .getByRole('spinbutton', { name: /^Learning rate/ })
        .inputValue(),
    )
    expect(rate / 1e-9).toBeCloseTo(1, 1)
    expect(read(await fact(page, 'ratio'))).toBeCloseTo(rate / critical, 3)
    await announced(page, 'lost: in the no-learning zone')
  })
})

describe('what plays', () => {
  it('opens playing, pauses with Space, goes on an epoch with →, and keeps the place in its link', async () => {
    const page = await openRoom('')
    await page.waitForFunction(
      () => Number(document.querySelector('#one-dimension [data-fact="epoch"]')?.textContent) > 20,
    )
    await page.locator('#one-dimension').focus()
    await page.keyboard.press(' ')
    const paused = read(await fact(page, 'epoch'))
    await page.keyboard.press('ArrowRight')
    await standsAt(page, paused + 1)
    await page.waitForFunction(at => location.hash.includes(`1d.epoch=${at}`), paused + 1)
    const link = new URL(page.url()).hash.slice(1)
    const again = await openRoom(link.replace('v=1&room=one-dimension&', ''))
    await standsAt(again, paused + 1)
    expect(await room(again).getByRole('button', { name: 'Play' }).count()).toBe(1)
  })

  it('N draws a new start, ever the same one, and R repeats it', async () => {
    const page = await openRoom('1d.speed=0.2')
    await page.locator('#one-dimension').focus()
    for (const draw of [1, 2]) {
      await page.keyboard.press('n')
      const relative = (10 + 0.1 * normal(draw)).toPrecision(4)
      await page.waitForFunction(
        wanted => document.querySelector('#one-dimension [data-fact="r"]')?.textContent === wanted,
        String(Number(relative)),
      )
    }
    await page.keyboard.press('r')
    expect(read(await fact(page, 'r'))).toBeCloseTo(10 + 0.1 * normal(2), 2)
  })

  it('stands still while another room is in view', async () => {
    const page = await openRoom('')
    await page.getByRole('link', { name: 'A network' }).click()
    await page.waitForFunction(() => location.hash.includes('room=network'))
    const before = await fact(page, 'epoch')
    await page.waitForTimeout(500)
    expect(await fact(page, 'epoch')).toBe(before)
  })

  it('with reduced motion it shows the end at once, and nothing moves', async () => {
    const page = await openRoom('', { reducedMotion: 'reduce' })
    await standsAt(page, 3000)
    expect(await room(page).getByRole('button', { name: 'Play' }).count()).toBe(1)
    const time = await room(page).getByRole('slider', { name: 'Time in the trial' }).inputValue()
    await page.waitForTimeout(300)
    expect(await room(page).getByRole('slider', { name: 'Time in the trial' }).inputValue()).toBe(time)
  })
})

describe('settings', () => {
  it('many in a row end in the descent of the last one', async () => {
    const page = await openRoom('1d.speed=5000')
    const slider = room(page).getByRole('slider', { name: /^Learning rate/ })
    for (let position = 200; position <= 800; position += 20) await slider.fill(String(position))
    await room(page)
      .getByRole('combobox', { name: /^Confidence/ })
      .selectOption('0.1')
    await room(page)
      .getByRole('combobox', { name: /^Confidence/ })
      .selectOption('infinite')
    const typed = room(page).getByRole('spinbutton', { name: /^Learning rate/ })
    await typed.fill('8e-10')
    await typed.press('Enter')
    const end = Number(
      await room(page).getByRole('slider', { name: 'Epoch', exact: true }).getAttribute('max'),
    )
    await standsAt(page, end)
    const r = descendToy({ times, normalisation, rate: 8e-10 }, start, end)
    expect(read(await fact(page, 'r'))).toBeCloseTo(r[end]! / best, 3)
  })
})

describe('links', () => {
  it('that say nonsense show numbers all the same', async () => {
    const page = await openRoom(
      '1d.rate=abc&1d.delay=1e9&1d.epoch=1e99&1d.a=7&1d.speed=-4&1d.draw=-3&1d.start=NaN&1d.time=-1&1d.loss=x',
    )
    expect(
      await room(page)
        .getByRole('spinbutton', { name: /^Delay/ })
        .inputValue(),
    ).toBe('400')
    for (const name of ['r', 'loss', 'ratio']) {
      expect(Number.isFinite(read(await fact(page, name)))).toBe(true)
    }
  })

  it('a delay that is set keeps the multiple of the critical rate', async () => {
    const page = await openRoom('1d.epoch=1')
    const ratio = read(await fact(page, 'ratio'))
    await room(page)
      .getByRole('spinbutton', { name: /^Delay/ })
      .fill('50')
    await room(page)
      .getByRole('spinbutton', { name: /^Delay/ })
      .press('Enter')
    const rate = Number(
      await room(page)
        .getByRole('spinbutton', { name: /^Learning rate/ })
        .inputValue(),
    )
    expect(rate / criticalLearningRate({ delay: 50 }, normalisation)).toBeCloseTo(ratio, 3)
  })
})

describe('accessibility', () => {
  it.each(views)('has no violation in %s', async (_, options) => {
    const page = await openRoom('1d.rate=2e-9&1d.a=0.5&1d.epoch=600', {
      ...options,
      viewport: { width: 'viewport' in options ? 360 : 1280, height: 3000 },
    })
    await room(page)
      .getByRole('button', { name: /^out of the zone/ })
      .waitFor()
    expect(await violations(page, '#one-dimension')).toEqual([])
    expect(await overhang(page)).toBeLessThanOrEqual(0)
  })
})
