import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { SlowPoint } from '../../src/dynamics/slow-point.js'
import { formatNumber } from '../../src/figures/numbers.js'
import { train } from '../../src/training/train.js'
import { violations } from './accessibility.js'
import {
  cueLink,
  cueSettings,
  fact,
  lookInNode,
  openRoom,
  picture,
  restsAt,
  room,
  savedData,
  settings,
} from './working-memory-page.js'

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] }

/** Kinds and positions as the page's map lists them. */
function listed(data: Record<string, (number | string)[]>) {
  const kinds = ['stable fixed point', 'unstable fixed point', 'ghost', 'slow']
  return data.what!.flatMap((what, i) =>
    kinds.includes(String(what))
      ? [{ kind: what, position: [data['κ₁']![i], data['κ₂']![i]] as number[] }]
      : [],
  )
}

const kindOf = ({ kind, stable }: SlowPoint) =>
  kind === 'fixed point' ? `${stable ? 'stable' : 'unstable'} fixed point` : kind

/** Waits until the map is of the epoch at which the room stands. */
async function mapped(page: Page): Promise<void> {
  const places = async () => [await fact(page, 'map-epoch'), await fact(page, 'epoch')]
  await expect.poll(async () => new Set(await places()).size, { timeout: 60_000 }).toBe(1)
}

describe('the working memory', () => {
  it('trains the same bits as the library', async () => {
    const page = await openRoom('mem.epoch=300')
    await restsAt(page, 300)
    const shown = await savedData(page, 'mem-loss')
    const { history } = await train({ ...settings, epochs: 301, record: 'all' })
    expect(shown.epoch!.at(-1)).toBe(300)
    expect(shown.epoch!.length).toBeGreaterThan(100)
    for (const [name, column] of [
      ['loss', history.loss],
      ['gradient norm', history.gradientNorm],
      ['accuracy', history.accuracy],
    ] as const) {
      expect(shown[name]).toEqual(shown.epoch!.map(epoch => column[Number(epoch)]))
    }
  })

  it.for([
    { task: 'match to sample', of: settings, link: '', epoch: 830 },
    { task: 'cue discrimination', of: cueSettings, link: cueLink, epoch: 2988 },
  ])('finds the slow points that figure 4 finds: $task', async ({ of, link, epoch }) => {
    const page = await openRoom(`${link}&mem.epoch=${epoch}`)
    await restsAt(page, epoch)
    const shown = listed(await savedData(page, 'mem-flow'))
    const { points } = await lookInNode(epoch, of)
    expect(points.length).toBeGreaterThan(2)
    expect(shown.map(({ kind }) => kind)).toEqual(points.map(kindOf))
    for (const [i, { position }] of points.entries()) {
      for (const k of [0, 1]) expect(shown[i]!.position[k]).toBeCloseTo(position[k]!, 6)
    }
  })

  it('shows the eigenvalues of the point that is clicked, and why it is what it is', async () => {
    const page = await openRoom('mem.epoch=830')
    await restsAt(page, 830)
    const { points } = await lookInNode(830)
    const index = points.findIndex(({ kind }) => kind === 'ghost')
    const { spectrum, canonicalForm } = points[index]!
    await clickPoint(page, points[index]!)
    const card = room(page).getByRole('region', { name: `Slow point ${index + 1}` })
    const rows = await card.locator('tbody tr td:first-child').allInnerTexts()
    const printed = (value: number) => (Math.abs(value) < 1e-9 ? '0' : formatNumber(value, 4))
    expect(rows).toEqual(Array.from(spectrum.real, printed))
    expect(await card.innerText()).toContain(`${formatNumber(canonicalForm!.dwellTime! / 0.5)} steps`)
    expect(await card.innerText()).toContain('an eigenvalue passes through 0')
  })

  it('says why a slow point is no ghost, from the keyboard alone', async () => {
    const page = await openRoom('mem.epoch=830')
    await restsAt(page, 830)
    const { points } = await lookInNode(830)
    const index = points.findIndex(({ kind }) => kind === 'slow')
    const button = room(page).getByRole('button', { name: new RegExp(`^${index + 1}: slow point`) })
    await button.focus()
    await page.keyboard.press('Enter')
    const card = room(page).getByRole('region', { name: `Slow point ${index + 1}` })
    expect(await card.innerText()).toContain(points[index]!.reason)
    await page.keyboard.press('Enter')
    await expect.poll(() => card.count(), { timeout: 60_000 }).toBe(0)
  })

  it('opens a link as it was left, whatever was done before', async () => {
    const page = await openRoom('mem.seed=3&mem.speed=2000')
    await room(page)
      .getByRole('button', { name: /^first fall/ })
      .click({ timeout: 60_000 })
    const { events } = await train({ ...settings, seed: 3 })
    await restsAt(page, events.firstFall!)
    await room(page)
      .getByRole('group', { name: 'Slow points in this map' })
      .getByRole('button')
      .first()
      .click()
    await expect.poll(() => page.url(), { timeout: 60_000 }).toContain('mem.point=1')
    const [loss, found] = [await fact(page, 'loss'), await fact(page, 'points')]
    const again = await openRoom(
      page
        .url()
        .split('#')[1]!
        .replace(/^v=1&room=working-memory&/, ''),
    )
    await restsAt(again, events.firstFall!)
    expect([await fact(again, 'loss'), await fact(again, 'points')]).toEqual([loss, found])
    expect(await again.getByRole('region', { name: 'Slow point 1' }).count()).toBe(1)
  })

  it('paused while it trains, is linked to the epoch that it shows', async () => {
    const page = await openRoom('mem.speed=300')
    await expect.poll(async () => Number(await fact(page, 'epoch')), { timeout: 60_000 }).toBeGreaterThan(100)
    await room(page).locator('.transport .primary').click()
    await mapped(page)
    const epoch = await fact(page, 'epoch')
    const linked = `mem.epoch=${epoch.replace(',', '')}`
    await expect.poll(() => page.url(), { timeout: 60_000 }).toContain(linked)
    const { history } = await train({ ...settings, epochs: Number(epoch.replace(',', '')) + 1 })
    expect(await fact(page, 'loss')).toBe(formatNumber(history.loss.at(-1)!, 4))
  })

  it('paused and left for another room, still shows a map of the epoch at which it stands', async () => {
    const page = await openRoom('mem.speed=300')
    await expect.poll(async () => Number(await fact(page, 'epoch')), { timeout: 60_000 }).toBeGreaterThan(100)
    // At once, before the worker says at which epoch it has stopped.
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('#working-memory .transport .primary')!.click()
      document.querySelector('#one-dimension')!.dispatchEvent(new PointerEvent('pointerdown'))
    })
    await mapped(page)
    expect(await room(page).locator('.transport .primary').innerText()).toBe('Play')
  })

  it('survives links that ask for what there is not', async () => {
    const page = await openRoom(
      'mem.epoch=99999&mem.epochs=150&mem.point=77&mem.rate=NaN&mem.trials=1e9&mem.task=__proto__&mem.noise=-1',
    )
    await restsAt(page, 149)
    expect(await room(page).locator('.failure').count()).toBe(0)
  })

  it('gives a command that computes the loss that it shows', async () => {
    const page = await openRoom('mem.epoch=250&mem.seed=7', clipboard)
    await restsAt(page, 250)
    await room(page)
      .getByRole('button', { name: /Copy as command/ })
      .click()
    const clipped = () => page.evaluate(() => navigator.clipboard.readText())
    await expect.poll(clipped, { timeout: 60_000 }).toContain('ghostpoint')
    const line = await clipped()
    const [, json] = /^echo '(.*)' > run\.json && ghostpoint train run\.json$/.exec(line) ?? []
    const { history } = await train(JSON.parse(json!))
    expect(history.epoch.at(-1)).toBe(250)
    const shown = await savedData(page, 'mem-loss')
    expect(shown.loss!.at(-1)).toBe(history.loss.at(-1))
  })

  it('plays what was trained again from where a reader goes back to', async () => {
    const page = await openRoom('mem.epochs=200&mem.speed=2000')
    await restsAt(page, 199)
    const scrubber = room(page).getByRole('slider', { name: 'Epoch' })
    await scrubber.fill('50')
    await restsAt(page, 50)
    await expect.poll(() => page.url(), { timeout: 60_000 }).toContain('mem.epoch=50')
    await room(page).locator('.transport').getByRole('button', { name: 'Step' }).click()
    await restsAt(page, 51)
    await room(page).locator('.transport .primary').click()
    await restsAt(page, 199)
  })

  it('where no motion is wanted, shows the end, and nothing plays', async () => {
    const page = await openRoom('mem.epochs=400', { reducedMotion: 'reduce' })
    await restsAt(page, 399)
    await room(page).getByRole('slider', { name: 'Epoch' }).fill('120')
    await restsAt(page, 120)
  })

  it.for([
    { look: 'light', options: {} },
    { look: 'dark', options: { colorScheme: 'dark' } },
    { look: '360 px', options: { viewport: { width: 360, height: 4500 } } },
  ] as const)('breaks no rule of accessibility: $look', async ({ options }) => {
    const page = await openRoom('mem.epoch=830&mem.point=2', options)
    await restsAt(page, 830)
    await room(page).locator('summary').first().click()
    expect(await violations(page, '#working-memory')).toEqual([])
    const beyond = await room(page).evaluate(section => section.scrollWidth - section.clientWidth)
    expect(beyond).toBeLessThanOrEqual(0)
  })
})

/** Clicks where a point is drawn: the axes' ticks say where that is. */
async function clickPoint(page: Parameters<typeof picture>[0], { position }: SlowPoint) {
  const data = await savedData(page, 'mem-flow')
  const grid = data.what!.flatMap((what, i) => (what === 'grid' ? [i] : []))
  const frame = await picture(page, 'mem-flow').evaluate(figure => {
    const ground =
      figure.querySelector('[clip-path] rect, rect[clip-path]') ?? figure.querySelectorAll('rect')[1]!
    const { x, y, width, height } = ground.getBoundingClientRect()
    return { x, y, width, height }
  })
  const share = (name: string, at: number) => {
    const values = grid.map(i => Number(data[name]![i]))
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return (at - low) / (high - low)
  }
  await page.mouse.click(
    frame.x + share('κ₁', position[0]!) * frame.width,
    frame.y + (1 - share('κ₂', position[1]!)) * frame.height,
  )
}
