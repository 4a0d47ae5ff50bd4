import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyFolder, ghostpoint, linesOf } from './run-command.js'

const written = ['.parts', 'figure-1.png', 'figure-1.svg', 'report.html', 'report.md']

describe('ghostpoint reproduce 1', () => {
  it('with --json prints one document, and writes figure and report', async () => {
    const folder = emptyFolder()
    const out = join(folder, 'new/out')
    const { code, stdout } = await ghostpoint(['reproduce', '1', '--out', out, '--json', '--jobs', '1'])
    expect(code).toBe(0)
    expect(linesOf(stdout)).toHaveLength(1)
    const { provenance, figures, files } = JSON.parse(stdout)
    expect(provenance).toMatchObject({ profile: 'quick' })
    expect(figures).toHaveLength(1)
    expect(figures[0]).toMatchObject({ figure: '1', status: 'done' })
    expect(figures[0].claims[0]).toMatchObject({ id: '1a', verdict: 'supported' })
    expect(readdirSync(out).sort()).toEqual(written)
    expect([...files].sort()).toEqual(written.slice(1).map(name => join(out, name)))
  })

  it('writes a report that loads nothing, an SVG that stands alone, and a PNG of twice its size', async () => {
    const out = emptyFolder()
    const { code, stdout, stderr } = await ghostpoint(['reproduce', '1', '--out', out, '--jobs', '1000000'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/│ 1a +│ Past a saddle-node.*│ supported +│ 1 +│/)
    expect(stderr).toBe(
      `figure 1: 100%\n${join(out, 'report.html')}, report.md, and 2 figure files beside it\n`,
    )

    const html = readFileSync(join(out, 'report.html'), 'utf8')
    expect(html).toContain('<svg')
    const links = [...html.matchAll(/\b(?:src|srcset|href|data|action|poster)\s*=\s*["']?([^"'\s>]*)/g)]
    expect(links.length).toBeGreaterThan(0)
    expect(links.map(match => match[1]).filter(link => !link!.startsWith('#'))).toEqual([])
    expect(html).not.toMatch(/<(script|link|iframe|img|object|embed)\b|@import|url\(\s*["']?(?!#)/)

    const svg = readFileSync(join(out, 'figure-1.svg'), 'utf8')
    expect(svg).toMatch(/^<svg[^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).not.toContain('var(--')
    const [width, height] = ['width', 'height'].map(name =>
      Number(svg.match(`<svg[^>]* ${name}="(\\d+)"`)?.[1]),
    )
    const png = readFileSync(join(out, 'figure-1.png'))
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * width!, 2 * height!])
  })

  it('a second time computes nothing anew, and says so; --fresh does', async () => {
    const out = emptyFolder()
    const again = async (...flags: string[]) => {
      const { stdout } = await ghostpoint(['reproduce', '1', '--out', out, '--json', ...flags])
      return JSON.parse(stdout).figures[0]
    }
    const first = await again()
    expect(first).toMatchObject({ status: 'done', kept: 0 })
    const second = await again()
    expect(second).toMatchObject({ status: 'done', kept: first.parts, parts: first.parts })
    const measured = (figure: { claims: { measured: string }[] }) =>
      figure.claims.map(claim => claim.measured)
    expect(measured(second)).toEqual(measured(first))
    const { stdout } = await ghostpoint(['reproduce', '1', '--out', out])
    expect(stdout).toMatch(
      /quick profile, [\d.]+ s; (\d+) of \1 parts from an earlier run, [\d.]+ s of computation/,
    )
    expect(await again('--fresh')).toMatchObject({ status: 'done', kept: 0 })
  })
})
