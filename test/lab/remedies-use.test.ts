import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { settingsOf } from '../../src/cli/train-settings.js'
import { train } from '../../src/training/train.js'
import { violations } from './accessibility.js'
import { openLab } from './browser.js'
import { copiedCommand, entry, events, fact, restsAt, savedData } from './remedies-page.js'

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] }

/** Runs a line in a shell in which `ghostpoint train` does nothing but note what it was asked for. */
function asked(line: string): { folder: string; calls: string[][] } {
  const folder = mkdtempSync(join(tmpdir(), 'ghostpoint-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stub = join(folder, 'ghostpoint')
  writeFileSync(stub, '#!/bin/sh\nprintf \'%s\\n\' "$*" >> calls.txt\necho \'{"summary":{}}\'\n')
  chmodSync(stub, 0o755)
  const environment = { ...process.env, PATH: `${folder}:${process.env.PATH}` }
  const { status, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const calls = readFileSync(join(folder, 'calls.txt'), 'utf8').trim().split('\n')
  return { folder, calls: calls.map(call => call.split(' ')) }
}

/** The settings that the command line makes of `train …`. */
function settingsOfCall(call: string[] | undefined, folder: string) {
  const [command, ...words] = call ?? []
  expect(command).toBe('train')
  const given = new Map<string, string>()
  let file: string | undefined
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--json') continue
    if (word.startsWith('--')) given.set(word, words[++i]!)
    else file = join(folder, word)
  }
  return settingsOf(file, given)
}

describe('the remedies’ command', () => {
  it('computes the loss of the twin with less confidence', async () => {
    const { page } = await openLab('room=remedies&fix.epoch=3400', clipboard)
    await restsAt(page, 3400)
    const line = await copiedCommand(page)
    expect(line).toMatch(/^ghostpoint train .*--change \d+:confidence=1$/)
    const { folder, calls } = asked(line)
    const { history } = await train(settingsOfCall(calls[0], folder))
    expect(history.epoch.at(-1)).toBe(3400)
    const shown = `loss ${Number(history.loss.at(-1)!.toPrecision(3))}, accuracy ${Math.round(100 * history.accuracy.at(-1)!)}%`
    expect(await fact(page, /^c = 1$/)).toBe(shown)
    const drawn = await savedData(page, 'Loss of both twins')
    const before = history.epoch.indexOf(3250)
    expect(drawn['loss, c = 1']![3250]).toBe(history.loss[before])
  })

  it('computes both networks of two ranks', async () => {
    const { page } = await openLab('room=remedies&fix.what=rank&fix.K=4&fix.epoch=200', clipboard)
    await restsAt(page, 200)
    const { folder, calls } = asked(await copiedCommand(page))
    const drawn = await savedData(page, 'Gradient norm of both networks')
    for (const [i, name] of ['rank 1', 'rank 4'].entries()) {
      const { history } = await train({ ...settingsOfCall(calls[i], folder), record: 'all' })
      expect(history.epoch.at(-1)).toBe(200)
      expect(drawn[`gradient norm, ${name}`]).toEqual([...history.gradientNorm])
    }
  })

  it.for([
    { network: 'rank one', fragment: 'fix.net=lowered&fix.rate=0.1', epochs: 900 },
    { network: 'rank K', fragment: 'fix.net=K&fix.K=2&fix.first=40', epochs: 120 },
  ])('computes all forty seeds: $network', async ({ fragment, epochs }) => {
    const place = `fix.epochs=${epochs}&fix.epoch=${epochs}`
    const { page } = await openLab(`room=remedies&fix.what=many&${fragment}&${place}`, clipboard)
    await restsAt(page, epochs - 1)
    const { folder, calls } = asked(await copiedCommand(page))
    const drawn = await savedData(page, 'Loss of forty seeds')
    const losses = calls.map(async call => {
      const { settings, history, events: happened } = await train(settingsOfCall(call, folder))
      return [settings.seed, history.loss.at(-1), happened.collapse ?? '']
    })
    const expected = drawn.seed!.map((seed, i) => [seed, drawn.loss![i], drawn.collapse![i]])
    expect(await Promise.all(losses)).toEqual(expected)
  })
})

describe('the remedies’ room', () => {
  it('shows the same from a link that was made of it', async () => {
    const { page } = await openLab('room=remedies&fix.seed=24&fix.c=0.7&fix.epoch=3300')
    await restsAt(page, 3300)
    await page.getByRole('button', { name: /^collapse/ }).click()
    await restsAt(page, 3125)
    await page.waitForTimeout(500)
    const fragment = await page.evaluate(() => location.hash.slice(1))
    const numbers = async (from: typeof page) => ({
      losses: await savedData(from, 'Loss of both twins'),
      outputs: await savedData(from, 'Outputs of both twins'),
      events: await events(from),
    })
    const here = await numbers(page)
    const { page: other } = await openLab(fragment)
    await restsAt(other, 3125)
    await expect.poll(() => events(other)).toEqual(here.events)
    await expect.poll(async () => (await savedData(other, 'Loss of both twins')).epoch?.length).toBe(3301)
    expect(await numbers(other)).toEqual(here)
  })

  it('opens whatever a link says', async () => {
    const hostile =
      'room=remedies&fix.what=__proto__&fix.seed=-1e99&fix.K=constructor&fix.c=NaN&fix.rate=Infinity&fix.epochs=1e9&fix.speed=1e9&fix.epoch=99999999&fix.to=-3'
    const { page } = await openLab(hostile)
    await restsAt(page, 19_999)
    expect(await entry(page, 'Epochs').inputValue()).toBe('20000')
  })

  it('shows the end at once to readers who ask for no motion', async () => {
    const { page } = await openLab('room=remedies', { reducedMotion: 'reduce' })
    await restsAt(page, 5999)
    expect(await events(page)).toHaveLength(4)
  })

  it('obeys the keys', async () => {
    const { page } = await openLab('room=remedies&fix.epoch=300')
    await restsAt(page, 300)
    await page.locator('#remedies').focus()
    await page.keyboard.press('ArrowRight')
    await restsAt(page, 400)
    await page.keyboard.press('Space')
    await expect.poll(() => page.locator('#remedies .primary').innerText()).toBe('Pause')
    await page.keyboard.press('Space')
    await expect.poll(() => page.locator('#remedies .primary').innerText()).toBe('Play')
    await page.getByRole('button', { name: 'More rank' }).click()
    await page.keyboard.press('n')
    await expect.poll(() => entry(page, 'Seed').inputValue()).toBe('2')
  })

  it('goes on from wherever a reader clicks', async () => {
    const { page } = await openLab('room=remedies&fix.epoch=700')
    await restsAt(page, 700)
    const picture = page.locator('#remedies figure').filter({
      has: page.getByRole('button', { name: 'Save “Loss of both twins”' }),
    })
    const drawing = picture.locator('.drawing')
    const { width, height } = (await drawing.boundingBox())!
    await drawing.click({ position: { x: 0.15 * width, y: 0.5 * height } })
    const epoch = async () => Number(await fact(page, /^epoch$/))
    await expect.poll(epoch).toBeLessThan(700)
    const clicked = await epoch()
    await page.keyboard.press('Space')
    await expect.poll(epoch).toBeGreaterThan(clicked + 50)
  })

  it('plays after a search in vain', async () => {
    const { page } = await openLab('room=remedies&fix.rate=0.0001&fix.epochs=100&fix.epoch=50')
    await restsAt(page, 50)
    await page.keyboard.press('n')
    await expect
      .poll(() => page.locator('.announcer').innerText(), { timeout: 60_000 })
      .toMatch(/^none of the seeds/)
    await page.keyboard.press('Space')
    await restsAt(page, 99)
  })

  it('takes one of the forty to an experiment of its own', async () => {
    const { page } = await openLab('room=remedies&fix.what=many&fix.epochs=100&fix.epoch=100')
    await restsAt(page, 99)
    await page.getByLabel('Look at one of them alone').selectOption('13')
    await page.locator('#remedies').getByRole('button', { name: 'Show', exact: true }).click()
    await expect.poll(() => entry(page, 'Seed').inputValue()).toBe('13')
    expect(await page.locator('#remedies .segments [aria-pressed=true]').innerText()).toBe('Less confidence')
  })
})

describe('the remedies for everybody', () => {
  const screens = [
    { name: 'light', screen: {} },
    { name: 'dark', screen: { colorScheme: 'dark' } },
    { name: 'narrow', screen: { viewport: { width: 360, height: 800 } } },
  ] as const
  const experiments = [
    { fragment: 'fix.what=confidence', epoch: 3300 },
    { fragment: 'fix.what=rank&fix.K=3', epoch: 150 },
    { fragment: 'fix.what=many&fix.rate=0.2&fix.epochs=400', epoch: 399 },
  ]

  it('show their pictures before the controls on a narrow screen, and after them on a wide one', async () => {
    for (const [width, first] of [
      [360, 'picture'],
      [1280, 'controls'],
    ] as const) {
      const { page } = await openLab('room=remedies&fix.what=rank&fix.epoch=100', {
        viewport: { width, height: 800 },
      })
      await restsAt(page, 100)
      const topOf = async (selector: string) =>
        (await page.locator(`#remedies ${selector}`).first().boundingBox())!.y
      const [picture, controls] = [await topOf('[data-picture]'), await topOf('.controls')]
      expect(picture < controls ? 'picture' : 'controls').toBe(first)
    }
  })

  it.for(screens)('break no rule of accessibility: $name', async ({ screen }) => {
    for (const { fragment, epoch } of experiments) {
      const { page } = await openLab(`room=remedies&${fragment}&fix.epoch=${epoch}`, screen)
      await restsAt(page, epoch)
      await page.locator('#remedies .drawing').first().scrollIntoViewIfNeeded()
      await page.locator('#remedies .drawing svg').first().waitFor()
      expect(await violations(page, '#remedies')).toEqual([])
      const tooWide = await page.locator('#remedies').evaluate(room => room.scrollWidth > room.clientWidth)
      expect(tooWide).toBe(false)
    }
  })
})
