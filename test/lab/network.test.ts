import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/cli/train-settings.js'
import { latentPortrait } from '../../src/dynamics/latent-ghost.js'
import { formatNumber } from '../../src/figures/numbers.js'
import { latentFlow, rankOneViews } from '../../src/models/rank-one.js'
import { parseSettings, type SettingsInput } from '../../src/settings/settings.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import { train } from '../../src/training/train.js'
import { flagsOf } from './command-flags.js'
import { NetworkPage } from './network-page.js'

const model = { kind: 'rank-one', neurons: 100, leak: 0.5 } as const
/** What the room opens with. */
const opening: SettingsInput = {
  model,
  task: { kind: 'delayed-activation', delay: 20 },
  optimizer: { kind: 'sgd', rate: 0.02 },
  confidence: 10,
  seed: 373,
  epochs: 9000,
  changes: [{ epoch: 8200, rate: 0.08 }],
  record: 'all',
}
/** As fast as it goes. */
const fast = { speed: 200_000 }

/** The network of the opening training after so many epochs, in double precision views of its float32 numbers. */
async function networkAt(epoch: number) {
  const trainer = await createTrainer(opening)
  trainer.advance(epoch)
  return rankOneViews(model, trainer.snapshot().parameters)
}

/** Every epoch of a picture's history has the numbers of a training in Node, to the last bit. */
async function expectHistoryOf(room: NetworkPage, settings: SettingsInput): Promise<void> {
  const { history } = await train({ ...settings, record: 'all' })
  const shown = await room.data('network-history')
  expect(shown.epoch!.length).toBeGreaterThan(100)
  for (const [i, epoch] of shown.epoch!.entries()) {
    expect([epoch, shown.loss![i], shown['gradient norm']![i], shown.accuracy![i]]).toEqual([
      epoch,
      history.loss[epoch],
      history.gradientNorm[epoch],
      history.accuracy[epoch],
    ])
  }
}

describe('the room of a network, as it opens', () => {
  it('plays at once, and comes to the numbers and the events of the same training in Node', async () => {
    const room = await NetworkPage.open()
    expect(await room.page.locator('#network .primary').innerText()).toBe('Pause')
    await room.set('Speed (epochs per second)', fast.speed)
    await room.atRest()
    const { events, history } = await train(opening)
    const { 'first fall': firstFall, 'second fall': secondFall, collapse, ghost } = await room.events()
    expect({ firstFall, secondFall, collapse }).toMatchObject({
      firstFall: events.firstFall,
      secondFall: events.secondFall,
      collapse: events.collapse,
    })
    expect(ghost).toBeGreaterThan(events.secondFall!)
    expect(ghost).toBeLessThan(events.collapse!)
    expect((await room.events())['rate 0.08']).toBe(8200)
    expect(await room.verdict()).toBe('The network is lost: the gradient is zero.')
    expect(history.gradientNorm.at(-1)).toBe(0)
    expect(await room.facts()).toMatchObject({ Epoch: '8,999', Loss: formatNumber(history.loss.at(-1)!) })
    await expectHistoryOf(room, opening)
  })

  it('tells plateau, fall, ghost and loss of learning within ten seconds at the speed it has', async () => {
    const room = await NetworkPage.open()
    const told = new Set<string>()
    const started = Date.now()
    while (Date.now() - started < 60_000 && (await room.epoch()) < 8999) {
      told.add((await room.verdict()).replace(/:.*/, ''))
      if (!(await room.facts())['F at the ghost']!.startsWith('no')) told.add('ghost')
      await room.page.waitForTimeout(40)
    }
    // 1200 epochs a second: what is last, at 8203, comes after 6.8 s.
    expect(8203 / 1200).toBeLessThan(10)
    expect([...told]).toEqual(
      expect.arrayContaining([
        'The network is on the plateau.',
        'The network has learned.',
        'ghost',
        'The network is lost',
      ]),
    )
  })
})

describe('an epoch looked at', () => {
  it('has the fixed points and the ghost of the portrait of the same network in Node', async () => {
    const room = await NetworkPage.open({ epoch: 8150, to: 8999 })
    await room.atRest()
    const network = await networkAt(8150)
    const { start, fixedPoints, ghost } = latentPortrait(network, 0.5)
    const { history } = await train(opening)
    expect(await room.facts()).toEqual({
      Epoch: '8,150',
      Loss: formatNumber(history.loss[8150]!),
      'Gradient norm': formatNumber(history.gradientNorm[8150]!),
      Rate: '0.02',
      'κ(0)': formatNumber(start),
      'Fixed points': String(fixedPoints.length),
      'F at the ghost': formatNumber(ghost!.speed),
      'Dwell time': `${formatNumber(ghost!.dwellSteps)} steps`,
    })
    const flow = await room.data('network-flow')
    for (const [i, kappa] of flow.κ!.entries()) {
      expect(flow['F(κ) per time constant']![i]).toBeCloseTo(latentFlow(network, kappa).flow, 12)
    }
  })

  it('shows three fixed points where learning was lost, and one before', async () => {
    const room = await NetworkPage.open({ epoch: 8203 })
    await room.atRest()
    expect((await room.facts())['Fixed points']).toBe('3')
    expect(latentPortrait(await lostNetwork(8203), 0.5).fixedPoints).toHaveLength(3)
    await room.page.locator('#network .network-events').getByRole('button', { name: 'rate 0.08' }).click()
    await room.settled()
    expect(await room.facts()).toMatchObject({ Epoch: '8,200', 'Fixed points': '1' })
  })

  it('has a life of the ghost whose looks are those of the same networks in Node', async () => {
    const room = await NetworkPage.open({ epoch: 8150 })
    await room.atRest()
    const life = await room.data('network-ghost')
    // 512 looks at 16 epochs' distance do not reach so far but just: 8151 / 16. Each is at two epochs.
    expect(life.epoch).toEqual(Array.from({ length: 2 * 510 }, (_, i) => 16 * Math.floor(i / 2) + (i % 2)))
    for (const epoch of [0, 3600, 5648, 5649, 8144, 8145]) {
      const i = life.epoch!.indexOf(epoch)
      const { fixedPoints, ghost } = latentPortrait(await networkAt(epoch), 0.5)
      expect(life['fixed points']![i]).toBe(fixedPoints.length)
      const dwell = life['dwell time of the ghost (steps)']![i]
      if (ghost === undefined) expect(dwell).toBe('')
      else expect(dwell! / ghost.dwellSteps).toBeCloseTo(1, 9)
    }
  })
})

async function lostNetwork(epoch: number) {
  const trainer = await createTrainer(opening)
  trainer.advance(8200)
  trainer.change({ optimizer: { kind: 'sgd', rate: 0.08 } })
  trainer.advance(epoch - 8200)
  return rankOneViews(model, trainer.snapshot().parameters)
}

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
    const [events, verdict] = [await room.events(), await room.verdict()]
    await room.page.goto('about:blank')
    await room.page.goto(`${room.address}#${link}`)
    await room.atRest()
    expect(await room.facts()).toEqual(facts)
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

describe('whatever a link says', () => {
  it('nothing throws: what cannot be is as if it were not there', async () => {
    const room = await NetworkPage.open({
      rate: 'NaN',
      c: '-3',
      delay: '1e9',
      seed: '1.5',
      epochs: 'many',
      speed: '-1',
      axis: 'crooked',
      changes: '0:r=1,9999:c=zero,12:r=0.5,99999999:r=1,<script>',
      epoch: '1e99',
      to: '-7',
    })
    await room.atRest()
    expect(await room.epoch()).toBe(8999)
    const settings = settingsOf(undefined, flagsOf(await room.command()))
    const changes = [{ epoch: 12, rate: 0.5 }]
    const task = { kind: 'delayed-activation', delay: 40 } as const
    const expected = { ...opening, task, seed: 2, confidence: 0.1, changes, record: 'log' }
    expect(settings).toEqual(parseSettings(expected))
  })

  it('very fast clicks leave one training, that of the last seed', async () => {
    const room = await NetworkPage.open({ changes: '' })
    for (let i = 0; i < 25; i++) await room.page.keyboard.press('n')
    await room.page.waitForFunction(() => location.hash.includes('net.seed=398'))
    await room.epochFrom(300)
    await room.page.keyboard.press(' ')
    await room.atRest()
    await expectHistoryOf(room, { ...opening, seed: 398, epochs: (await room.epoch()) + 1, changes: [] })
  })
})

describe('out of view', () => {
  it('does not train, and goes on when it is seen again', async () => {
    const room = await NetworkPage.open({ speed: 100 })
    await room.epochFrom(20)
    await room.page.locator('nav').getByRole('link', { name: 'A working memory' }).click()
    await room.page.waitForTimeout(400)
    const left = await room.epoch()
    await room.page.waitForTimeout(600)
    expect(await room.epoch()).toBe(left)
    await room.page.locator('nav').getByRole('link', { name: 'A network' }).click()
    await room.epochFrom(left + 20)
  })
})
