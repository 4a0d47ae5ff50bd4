import { describe, expect, it } from 'vitest'
import { fields } from '../../lab/rooms/network/state.js'
import { settingsOf } from '../../src/cli/train-settings.js'
import { latentPortrait } from '../../src/dynamics/latent-ghost.js'
import { formatNumber } from '../../src/figures/numbers.js'
import { latentFlow } from '../../src/models/rank-one.js'
import { parseSettings } from '../../src/settings/settings.js'
import { train } from '../../src/training/train.js'
import { flagsOf } from './command-flags.js'
import { expectHistoryOf, fast, networkAt, opening } from './network-library.js'
import { NetworkPage } from './network-page.js'

describe('the room of a network, as it opens', () => {
  it('plays at once, and comes to the numbers and the events of the same training in Node', async () => {
    const room = await NetworkPage.open()
    expect(await room.page.locator('#network .primary').innerText()).toBe('Pause')
    await room.set('Speed (epochs per second)', fast.speed)
    await room.atRest()
    await room.happened('ghost')
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
    // A machine under load takes longer; what the page asks for is told by its speed. The last event is at 8203.
    expect(8203 / fields.speed.initial).toBeLessThan(10)
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
    expect(latentPortrait(await networkAt(8203), 0.5).fixedPoints).toHaveLength(3)
    await room.page.locator('#network .network-events').getByRole('button', { name: 'rate 0.08' }).click()
    await room.settled()
    expect(await room.facts()).toMatchObject({ Epoch: '8,200', 'Fixed points': '1' })
  })

  it('has a life of the ghost whose looks are those of the same networks in Node', async () => {
    const room = await NetworkPage.open({ epoch: 8150 })
    await room.atRest()
    const picture = room.page.locator('[data-picture="network-ghost"]')
    await picture.scrollIntoViewIfNeeded()
    await picture.locator('.summary', { hasText: '510 looks at two epochs' }).waitFor()
    const life = await room.data('network-ghost')
    // 0, 16, 32 … 8144: each of these looks is at two epochs.
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
