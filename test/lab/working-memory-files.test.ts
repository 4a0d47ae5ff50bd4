import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { flowOf } from '../../src/analysis/analysed-network.js'
import { usualStarts } from '../../src/analysis/starts.js'
import { readQuestion } from '../../src/cli/analyse/question.js'
import { findSlowPoints } from '../../src/dynamics/slow-points.js'
import { formatNumber } from '../../src/figures/numbers.js'
import { npzBytes } from '../../src/formats/npz.js'
import { safetensorsBytes } from '../../src/formats/safetensors.js'
import type { ParameterArray } from '../../src/models/parameters.js'
import type { NetworkNames } from '../../src/models/recognise-network.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { train } from '../../src/training/train.js'
import { violations } from './accessibility.js'
import { fact, openRoom, picture, room, savedData, settings } from './working-memory-page.js'

/** Networks of a reader's own, dropped on the working memory. */

const { parameters } = await train({ ...settings, epochs: 1000 })
const random = (neurons: number): ParameterArray => ({
  shape: [neurons, neurons],
  data: new TorchGenerator(1).normal64(neurons ** 2, 0, 1.3 / Math.sqrt(neurons)),
})
const zeros = (...shape: number[]): ParameterArray => ({
  shape,
  data: new Float64Array(shape.reduce((product, length) => product * length, 1)),
})

function fileOf(name: string, content: Uint8Array | string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ghostpoint-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** The room at rest, so that nothing else takes the machine's time. */
const openAtRest = () => openRoom('mem.epochs=100&mem.epoch=20')

const own = (page: Page) => room(page).locator('.memory-own')
const choose = (page: Page, path: string) => own(page).locator('input[type=file]').setInputFiles(path)
const refusal = (page: Page) => own(page).getByRole('alert').innerText({ timeout: 60_000 })
const points = (page: Page) => own(page).getByRole('group', { name: 'Slow points of your network' })

/** The page's command, as the command line reads it: its slow points, with as many searches. */
async function pointsOfCommand(page: Page, path: string, names: NetworkNames = {}) {
  const line = await own(page)
    .getByText(/^ghostpoint analyse/)
    .innerText({ timeout: 60_000 })
  const starts = Number(/--starts (\d+)$/.exec(line)![1])
  const question = readQuestion(path, { ...names, ...usualStarts, starts })
  return { line, found: findSlowPoints(flowOf(question.network), question.starts).points }
}

describe('a network of one’s own', () => {
  it('from this program’s parameters has the slow points of ghostpoint analyse, and goes nowhere', async () => {
    const path = fileOf('net.npz', npzBytes(parameters))
    const page = await openAtRest()
    await page.waitForTimeout(1000)
    const sent: string[] = []
    page.on('request', request => sent.push(`${request.method()} ${request.url().replace(/^.*\//, '')}`))
    await choose(page, path)
    const { found, line } = await pointsOfCommand(page, path)
    expect(line).toMatch(/^ghostpoint analyse net\.npz --starts \d+$/)
    const shown = await savedData(page, 'mem-own-flow')
    expect(found.length).toBeGreaterThan(1)
    for (const [i, { position, kind }] of found.entries()) {
      expect(shown.what![i]).toContain(kind)
      for (const [k, name] of ['κ₁', 'κ₂'].entries()) {
        expect(shown[name]![i]).toBeCloseTo(position[k]!, 6)
      }
    }
    // The worker’s own script is all that is fetched, if it is not kept yet.
    expect(
      sent.filter(request => !/^GET memory-worker-.*\.js$/.test(request) && !request.includes('blob')),
    ).toEqual([])
  })

  it('of full rank is mapped on two components, and a point shows its spectrum', async () => {
    const path = fileOf('rnn.npz', npzBytes({ weight_hh_l0: random(40) }))
    const page = await openAtRest()
    await choose(page, path)
    const { found } = await pointsOfCommand(page, path)
    await points(page).getByRole('button').first().click()
    const card = own(page).getByRole('region', { name: 'Slow point 1' })
    const { real, imaginary } = found[0]!.spectrum
    const first = await card.locator('tbody tr td').first().innerText()
    expect(first).toContain(formatNumber(real[0]!, 4))
    if (imaginary[0] !== 0) expect(first).toContain(formatNumber(Math.abs(imaginary[0]!), 4))
    await picture(page, 'mem-own-spectrum').scrollIntoViewIfNeeded()
    await picture(page, 'mem-own-spectrum').locator('svg').first().waitFor()
    expect(await picture(page, 'mem-own-flow').locator('.summary').innerText()).toContain('PC 1')
    expect(await violations(page, '#working-memory')).toEqual([])
  })

  it('of rank one, dropped as safetensors, is mapped on a line', async () => {
    const path = fileOf(
      'line.safetensors',
      safetensorsBytes({
        m: { shape: [2], data: Float64Array.of(2, 2) },
        n: { shape: [2], data: Float64Array.of(0.5, 0.5) },
        b: zeros(2),
      }),
    )
    const page = await openAtRest()
    await drop(page, path)
    // κ′ = −κ + tanh 2κ has three fixed points.
    await expect.poll(() => points(page).getByRole('button').count(), { timeout: 60_000 }).toBe(3)
    const shown = await savedData(page, 'mem-own-flow')
    let kappa = 1
    for (let i = 0; i < 200; i++) kappa = Math.tanh(2 * kappa)
    const positions = (shown.κ as number[]).slice(0, 3).sort((a, b) => a - b)
    for (const [i, expected] of [-kappa, 0, kappa].entries()) expect(positions[i]).toBeCloseTo(expected, 6)
  })

  it('with other names is searched once the arrays are chosen', async () => {
    const bias = { shape: [20], data: new TorchGenerator(2).normal64(20, 0, 0.1) }
    const path = fileOf('mine.npz', npzBytes({ J: random(20), tonic: bias, notes: { texts: ['a'] } }))
    const page = await openAtRest()
    await choose(page, path)
    expect(await refusal(page)).toContain('it holds J (20, 20) <f8, tonic (20,) <f8, notes (1,) <U1')
    await own(page).getByLabel('Bias').selectOption('tonic')
    await own(page)
      .getByLabel(/states are rows/)
      .check()
    await own(page).getByRole('button', { name: 'Search', exact: true }).click()
    const names = { weights: 'J', bias: 'tonic', transpose: true }
    const { line, found } = await pointsOfCommand(page, path, names)
    expect(line).toContain('mine.npz --weights J --bias tonic --transpose --starts')
    expect(await points(page).getByRole('button').count()).toBe(found.length)
  })
})

describe('a file that is no network', () => {
  const short = npzBytes(parameters).slice(0, 2000)
  const stray = { shape: [100], data: new Float64Array(100).fill(Number.NaN, 3, 4) }
  it.for<{ what: string; name: string; content: Uint8Array | string; said: readonly string[] }>([
    {
      what: 'of the wrong shape',
      name: 'a.npz',
      content: npzBytes({ ...parameters, S_l: zeros(100, 3) }),
      said: ['S_r: is of shape (2, 100); accepted: (3, 100)', 'W_in (100,)'],
    },
    {
      what: 'with NaN inside',
      name: 'a.npz',
      content: npzBytes({ ...parameters, b_in: stray }),
      said: ['b_in[3]: is NaN'],
    },
    {
      what: 'without its weights',
      name: 'a.npz',
      content: npzBytes({ b: zeros(3) }),
      said: ['holds no network', 'b (3,) <f8'],
    },
    { what: 'cut off', name: 'a.npz', content: short, said: ['a.npz: not a whole .npz archive'] },
    { what: 'no archive', name: 'a.npz', content: 'hello', said: ['a.npz: not a whole .npz archive'] },
    {
      what: 'no safetensors',
      name: 'a.safetensors',
      content: 'hello, world',
      said: ['not a safetensors file'],
    },
    { what: 'empty', name: 'a.npz', content: '', said: ['a.npz: is empty'] },
    { what: 'a pickle', name: 'a.pt', content: 'x', said: ['pickles are not read'] },
    { what: 'anything else', name: 'a.txt', content: 'x', said: ['is no file of arrays by its name'] },
    {
      what: 'too many neurons',
      name: 'a.npz',
      content: npzBytes({ W: zeros(1025, 1025), b: zeros(1025) }),
      said: ['has 1025 neurons', 'at most 1024'],
    },
    {
      what: 'larger unpacked than it may be',
      name: 'a.npz',
      content: saysThatItIsHuge(),
      said: ['unpacks to 300 MB', 'at most 256 MB'],
    },
  ])('is refused in a sentence, and the training goes on: $what', async ({ name, content, said }) => {
    const page = await openRoom('mem.speed=20')
    await choose(page, fileOf(name, content))
    const message = await refusal(page)
    for (const part of said) expect(message).toContain(part)
    const epoch = await fact(page, 'epoch')
    await expect.poll(() => fact(page, 'epoch'), { timeout: 60_000 }).not.toBe(epoch)
    await own(page).getByRole('button', { name: 'Put it away' }).click()
    expect(await own(page).getByRole('alert').count()).toBe(0)
  })

  it('of more than 64 MB is not even read', async () => {
    const path = fileOf('huge.npz', '')
    truncateSync(path, 65e6)
    const page = await openAtRest()
    await choose(page, path)
    expect(await refusal(page)).toContain('has 65 MB, and this page reads at most 64 MB')
  })
})

describe('a search that takes long', () => {
  it('says how long, and ends at once when it is cancelled', async () => {
    const path = fileOf('big.npz', npzBytes({ W: random(300), b: zeros(300) }))
    const page = await openAtRest()
    await choose(page, path)
    const progress = own(page).getByRole('progressbar')
    await progress.waitFor({ timeout: 60_000 })
    await expect
      .poll(() => own(page).innerText(), { timeout: 60_000 })
      .toMatch(/[1-9] of \d+ searches, about \d+ s left/)
    await own(page).getByRole('button', { name: 'Cancel' }).click()
    expect(await own(page).getByRole('status').innerText()).toContain('cancelled')
    expect(await progress.count()).toBe(0)
  })

  it('makes way for the file that is dropped after it', async () => {
    const slow = fileOf('big.npz', npzBytes({ W: random(300), b: zeros(300) }))
    const fast = fileOf('net.npz', npzBytes(parameters))
    const page = await openAtRest()
    await choose(page, slow)
    await own(page).getByRole('progressbar').waitFor({ timeout: 60_000 })
    await choose(page, fast)
    await points(page).getByRole('button').first().waitFor({ timeout: 60_000 })
    expect(await own(page).innerText()).toContain('ghostpoint analyse net.npz')
  })
})

/** Drops a file on the zone, as a hand does. */
async function drop(page: Page, path: string): Promise<void> {
  const bytes = [...readFileSync(path)]
  const name = path.split('/').at(-1)!
  const data = await page.evaluateHandle(
    ([name, bytes]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(bytes)], name))
      return transfer
    },
    [name, bytes] as const,
  )
  await own(page).locator('.memory-drop').dispatchEvent('drop', { dataTransfer: data })
}

/** A small archive whose list says that its first array is of 300 MB. */
function saysThatItIsHuge(): Uint8Array {
  const bytes = npzBytes({ W: zeros(10, 10) })
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  // The list of the archive: entries begin with PK\x01\x02 and hold the unpacked size at byte 24.
  for (let i = 0; i + 28 <= bytes.length; i++) {
    if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + 24, 300_000_000, true)
  }
  return bytes
}
