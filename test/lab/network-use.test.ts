import { describe, expect, it } from 'vitest'
import { formatNumber } from '../../src/figures/numbers.js'
import { train } from '../../src/training/train.js'
import { views, violations } from './accessibility.js'
import { NetworkPage } from './network-page.js'

/** Half a million epochs as fast as they go. */
const long = { speed: 200_000, epochs: 500_000, rate: 0.003, seed: 40, changes: '' }

describe('the room of a network at full speed', () => {
  it('answers a look at the past while it trains', async () => {
    const room = await NetworkPage.open({ ...long, rate: 0.02, seed: 373 })
    await room.page.waitForSelector('#network .network-events [data-kind="fall"]')
    await room.page.locator('#network .network-events [data-kind="fall"]').first().click()
    await room.atRest()
    const { history } = await train({
      model: { kind: 'rank-one' },
      task: { kind: 'delayed-activation' },
      optimizer: { kind: 'sgd', rate: 0.02 },
      seed: 373,
      epochs: 3407,
    })
    expect(await room.facts()).toMatchObject({ Epoch: '3,406', Loss: formatNumber(history.loss.at(-1)!) })
  })
})

describe('without motion', () => {
  it('shows the end at once, at rest, and every epoch by the scrubber', async () => {
    const room = await NetworkPage.open({}, { reducedMotion: 'reduce' })
    await room.atRest()
    expect(await room.epoch()).toBe(8999)
    expect(await room.verdict()).toBe('The network is lost: the gradient is zero.')
    expect(await room.page.locator('#network [data-picture="network-flow"] [data-moving] *').count()).toBe(0)
    await room.page.keyboard.press('n')
    await room.page.waitForFunction(() => location.hash.includes('net.seed=374'))
    await room.atRest()
    expect(await room.epoch()).toBe(8999)
    await room.page.locator('#network').getByRole('slider', { name: 'Epoch', exact: true }).fill('100')
    await room.settled()
    expect(await room.epoch()).toBe(100)
  })
})

describe('for everybody', () => {
  it.each(views)('has no violation that axe finds, %s', async (_, options) => {
    const room = await NetworkPage.open({ epoch: 8220 }, options)
    await room.page.waitForFunction(() => location.hash.includes('net.epoch=8220'))
    expect(await violations(room.page, '#network')).toEqual([])
  })

  it('has nothing wider than a telephone, and controls of 44 px', async () => {
    const room = await NetworkPage.open({ epoch: 8220 }, { viewport: { width: 360, height: 800 } })
    const { wide, small } = await room.page.evaluate(() => {
      const all = [
        ...document.querySelectorAll<HTMLElement>('#network button, #network input, #network select'),
      ]
      return {
        wide: document.querySelector('#network')!.scrollWidth,
        small: all
          .filter(one => one.offsetParent !== null && one.getBoundingClientRect().height < 43.5)
          .map(one => one.outerHTML),
      }
    })
    expect(wide).toBeLessThanOrEqual(360)
    expect(small).toEqual([])
  })

  it('tells in words what every picture shows', async () => {
    const room = await NetworkPage.open(
      { epoch: 8150, to: 8999 },
      { viewport: { width: 1280, height: 1400 } },
    )
    await room.atRest()
    const summary = (name: string) =>
      expect.poll(() => room.page.locator(`[data-picture="${name}"] .summary`).innerText(), {
        timeout: 20_000,
      })
    await summary('network-history').toMatch(
      /^Epoch 8,150: loss 0\.0\d+, .*First fall at 3,406, .*collapse at 8,203\.$/,
    )
    await summary('network-flow').toMatch(
      /^1 fixed point: stable at .*A ghost at κ = .*dwell time is .* steps\.$/,
    )
    await summary('network-output').toMatch(/^The output switches on at step \d+\./)
    await summary('network-ghost').toMatch(
      /looks at two epochs each: a ghost at both .*Fixed points: 1 to 3\.$/,
    )
  })
})
