import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/cli/train-settings.js'
import { formatNumber } from '../../src/figures/numbers.js'
import { train } from '../../src/training/train.js'
import { flagsOf } from './command-flags.js'
import { expectHistoryOf, fast, opening } from './network-library.js'
import { NetworkPage } from './network-page.js'

describe('changes while it trains', () => {
  it('hold from the next epoch on, are kept by the link, and the command computes the same numbers', async () => {
    const room = await NetworkPage.open({ speed: 400, seed: 1, changes: '' })
    await room.epochFrom(150)
    await room.set('Learning rate', 0.05)
    await room.happened('rate 0.05')
    await room.set('Confidence c of the output σ(c(κ − 1))', 4)
    const changedAt = await room.happened('c = 4')
    await room.epochFrom(changedAt + 100)
    await room.page.keyboard.press(' ')
    await room.atRest()
    const settings = settingsOf(undefined, flagsOf(await room.command()))
    const epoch = await room.epoch()
    expect(settings).toMatchObject({ seed: 1, epochs: epoch + 1, optimizer: { rate: 0.02 } })
    expect(settings.changes!.map(({ epoch: _, ...change }) => change)).toEqual([
      { rate: 0.05 },
      { confidence: 4 },
    ])
    await expectHistoryOf(room, settings)
    const { history } = await train({ ...settings, record: 'all' })
    const facts = await room.facts()
    expect(facts).toMatchObject({
      Loss: formatNumber(history.loss.at(-1)!),
      'Gradient norm': formatNumber(history.gradientNorm.at(-1)!),
      Rate: '0.05',
    })
    // The link opens the same view, to the last bit.
    const [rateChange, confidenceChange] = settings.changes!
    const link = await room.link()
    expect(link).toContain(`net.changes=${rateChange!.epoch}:r=0.05,${confidenceChange!.epoch}:c=4`)
    const shown = await room.data('network-history')
    await room.page.goto('about:blank')
    await room.page.goto(`${room.address}#${link}`)
    await room.atRest()
    expect(await room.facts()).toEqual(facts)
    expect(await room.data('network-history')).toEqual(shown)
  })

  it('at the end go on with the training, and a lower confidence frees what was lost', async () => {
    const room = await NetworkPage.open({ epoch: 8999, ...fast })
    await room.atRest()
    expect(await room.verdict()).toContain('is lost')
    await room.set('Confidence c of the output σ(c(κ − 1))', 0.1)
    await room.epochFrom(9001)
    await room.atRest()
    const settings = settingsOf(undefined, flagsOf(await room.command()))
    expect(settings.changes).toEqual([
      { epoch: 8200, rate: 0.08 },
      { epoch: 9000, confidence: 0.1 },
    ])
    await expectHistoryOf(room, settings)
  })

  it('at an epoch of the past take another course from there', async () => {
    const room = await NetworkPage.open({ epoch: 8150, to: 8999, ...fast })
    await room.atRest()
    await room.set('Learning rate', 0.01)
    await room.page.waitForFunction(() => decodeURIComponent(location.hash).includes('8151:r=0.01'))
    await room.atRest()
    expect(await room.epoch()).toBe(8150)
    await room.page.keyboard.press(' ')
    await room.epochFrom(8999)
    await room.atRest()
    expect(await room.verdict()).toBe('The network has learned.')
    await expectHistoryOf(room, { ...opening, changes: [{ epoch: 8151, rate: 0.01 }] })
  })
})

describe('going through the training', () => {
  it('goes to an event by its button, and the link shows the same', async () => {
    const room = await NetworkPage.open(fast)
    await room.atRest()
    const { 'first fall': firstFall } = await room.events()
    await room.page.locator('#network .network-events').getByRole('button', { name: 'first fall' }).click()
    await room.settled()
    expect(await room.epoch()).toBe(firstFall)
    const { history } = await train(opening)
    const facts = await room.facts()
    expect(facts.Loss).toBe(formatNumber(history.loss[firstFall!]!))
    const link = await room.link()
    expect(link).toContain(`net.epoch=${firstFall}`)
    expect(link).toContain('net.to=8999')
    await room.happened('ghost')
    const [events, verdict] = [await room.events(), await room.verdict()]
    await room.page.goto('about:blank')
    await room.page.goto(`${room.address}#${link}`)
    await room.atRest()
    expect(await room.facts()).toEqual(facts)
    await room.happened('ghost')
    expect(await room.events()).toEqual(events)
    expect(await room.verdict()).toBe(verdict)
  })

  it('goes to the epoch at which a picture is clicked', async () => {
    const room = await NetworkPage.open({ epoch: 8999 })
    await room.atRest()
    const drawing = room.page.locator('[data-picture="network-history"] .drawing')
    const { width, height } = (await drawing.boundingBox())!
    await drawing.click({ position: { x: width / 2, y: height - 80 } })
    await room.settled()
    // The frame lies between margins of 62 and 20 px.
    const share = (width / 2 - 62) / (width - 62 - 20)
    expect(Math.abs((await room.epoch()) - 9000 * share)).toBeLessThan(30)
  })

  it('trains up to an epoch that lies ahead', async () => {
    const room = await NetworkPage.open({ epoch: 10 })
    await room.atRest()
    await room.page.locator('#network').getByRole('slider', { name: 'Epoch', exact: true }).fill('3406')
    await room.settled()
    expect(await room.epoch()).toBe(3406)
    const { history } = await train({ ...opening, epochs: 3407, changes: [] })
    expect((await room.facts()).Loss).toBe(formatNumber(history.loss.at(-1)!))
    expect(await room.link()).not.toContain('net.to')
  })

  it('plays, pauses, steps, repeats and takes a new seed by keyboard alone', async () => {
    const room = await NetworkPage.open({ epoch: 100 })
    await room.atRest()
    const press = (key: string) => room.page.keyboard.press(key)
    await press('ArrowRight')
    await room.page.waitForFunction(() => location.hash.includes('net.epoch=101'))
    await room.settled()
    expect(await room.epoch()).toBe(101)
    await press(' ')
    await room.epochFrom(300)
    await press(' ')
    await room.atRest()
    const paused = await room.epoch()
    await room.page.waitForTimeout(300)
    expect(await room.epoch()).toBe(paused)
    await press('r')
    await room.page.waitForFunction(() => location.hash.match(/net\.epoch/) === null)
    expect(await room.page.locator('#network .primary').innerText()).toBe('Pause')
    await press('n')
    await room.page.waitForFunction(() => location.hash.includes('net.seed=374'))
    await press(' ')
    await room.atRest()
    await expectHistoryOf(room, { ...opening, seed: 374, epochs: (await room.epoch()) + 1, changes: [] })
  })

  it('goes through the past again when it plays there', async () => {
    const room = await NetworkPage.open({ epoch: 8180, to: 8220, speed: 40 })
    await room.atRest()
    await room.page.keyboard.press(' ')
    await room.epochFrom(8190)
    await room.page.keyboard.press(' ')
    await room.atRest()
    const epoch = await room.epoch()
    expect(epoch).toBeLessThan(8220)
    expect(await room.link()).toContain('net.to=8220')
    await room.set('Speed (epochs per second)', fast.speed)
    await room.page.keyboard.press(' ')
    await room.epochFrom(8999)
  })
})
