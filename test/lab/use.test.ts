import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { presets } from '../../lab/state/presets.js'
import { overhang, views, violations } from './accessibility.js'
import { openLab } from './browser.js'

/** Hostile fragments: nothing throws (openLab hears it), and the page goes on. */
const hostile = [
  '%',
  'v=1&room=%E0%A4%A',
  'v=999&net.rate=1',
  'room=__proto__&net.rate=constructor',
  'room=network&net.rate=1e999&net.epochs=-1e9&net.seed=NaN&net.epoch=1e308&net.changes=1:r=1e999,,:,5:c=-1',
  `room=network&net.changes=${Array.from({ length: 400 }, (_, i) => `${i + 1}:r=0.1`).join(',')}`,
  'room=one-dimension&1d.delay=0&1d.rate=-1&1d.start=1e9&1d.epoch=999999999&1d.a=<svg onload=alert(1)>',
  'room=remedies&fix.what=nothing&fix.K=1e6&fix.epochs=1e12&fix.to=1e12&fix.epoch=1e12',
  'room=working-memory&mem.task=x&mem.trials=1e9&mem.delay=1e9&mem.epochs=1e12&mem.epoch=1e12&mem.point=1e9',
  'a=b&'.repeat(3000),
]

describe('the whole page', () => {
  it('is used by keyboard alone: to a room, play and pause, help and back', async () => {
    const { page } = await openLab()
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    for (let i = 0; i < 300 && (await focused()) !== 'A network'; i++) await page.keyboard.press('Tab')
    expect(await focused()).toBe('A network')
    await page.keyboard.press('Enter')
    const play = page.locator('#network button.primary')
    await expect.poll(() => play.innerText()).toBe('Pause')
    await page.keyboard.press('Space')
    await expect.poll(() => play.innerText()).toBe('Play')
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Help' })
    await help.waitFor()
    for (const key of ['Space', '→', 'R', 'N']) expect(await help.innerText()).toContain(key)
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
    expect(await play.innerText()).toBe('Play')
  })

  it('has presets for every figure of the paper, and five stories', () => {
    const titles = presets.filter(({ group }) => group === 'Figures of the paper').map(({ title }) => title)
    const figures = new Set(titles.map(title => Number.parseInt(title, 10)))
    expect([...figures].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(presets.filter(({ group }) => group === 'Stories').length).toBeGreaterThanOrEqual(5)
  })

  it.each(presets.map(({ title, link }, i) => [title, link, i] as const))(
    'shows what the preset “%s” says',
    async (_, link, i) => {
      const { page } = await openLab()
      await page.getByRole('combobox', { name: 'Presets' }).selectOption(String(i))
      const wanted = new URLSearchParams(link)
      const shown = () => new URLSearchParams(new URL(page.url()).hash.slice(1))
      await expect
        .poll(() => Object.fromEntries(shown()), { timeout: 10_000 })
        .toMatchObject(Object.fromEntries(wanted))
      await page
        .locator(`#${wanted.get('room')} .picture svg`)
        .first()
        .waitFor()
    },
  )

  it('survives hostile links, one after another', async () => {
    const { page } = await openLab()
    for (const fragment of hostile) {
      await page.evaluate(hash => {
        location.hash = hash
      }, fragment)
      await page.waitForTimeout(300)
    }
    await page.evaluate(() => {
      location.hash = 'v=1&room=network&net.seed=40'
    })
    const seed = page.locator('#network').getByLabel('Seed', { exact: true })
    await expect.poll(() => seed.inputValue(), { timeout: 10_000 }).toBe('40')
    await page.locator('#network .picture svg').first().waitFor()
  })

  it.each(views)('breaks no rule of accessibility in its head and foot, %s', async (_, options) => {
    const { page } = await openLab('', options)
    await page.locator('#network .picture svg').first().waitFor()
    for (const part of ['header', 'footer']) expect(await violations(page, part)).toEqual([])
    expect(await overhang(page)).toBeLessThanOrEqual(0)
    await page.getByRole('button', { name: 'Help' }).click()
    expect(await violations(page, 'dialog[open]')).toEqual([])
  })

  it('saves a picture as SVG and as PNG of twice its size, its numbers as CSV and JSON with where they come from', async () => {
    const { page } = await openLab('v=1&room=network&net.epoch=20&net.seed=40&net.changes=')
    const picture = page.locator('[data-picture="network-history"]')
    await picture.locator('svg').waitFor()
    await picture.getByRole('button', { name: /^Save/ }).click()
    const saved = async (kind: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        picture.getByRole('button', { name: kind, exact: true }).click(),
      ])
      expect(download.suggestedFilename()).toBe(`ghostpoint-network-history.${kind.toLowerCase()}`)
      return readFileSync(await download.path())
    }
    const svg = (await saved('SVG')).toString()
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).not.toContain('var(--')
    const png = await saved('PNG')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    const width = Number(/<svg [^>]*\bwidth="(\d+)"/.exec(svg)?.[1])
    expect(png.readUInt32BE(16)).toBe(2 * width)
    const csv = (await saved('CSV')).toString()
    expect(csv).toMatch(/^# ghostpoint \d+\.\d+\.\d+, A network\n# \{.*"seed":40/)
    const { settings, version, link, data } = JSON.parse((await saved('JSON')).toString())
    expect(settings).toMatchObject({ seed: 40 })
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(link).toContain('net.seed=40')
    expect(data.epoch.at(-1)).toBe(20)
  })
})
