import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bash, emptyFolder, ghostpoint, linesOf } from './run-command.js'

/** Sends a signal once, Ctrl-C's unless given, as soon as a text was said on one of the streams. */
function interruptAfter(stream: 'stdout' | 'stderr', text: string, signal: 'SIGINT' | 'SIGKILL' = 'SIGINT') {
  let sent = false
  return (
    child: { kill(signal: 'SIGINT' | 'SIGKILL'): boolean },
    said: Record<'stdout' | 'stderr', string>,
  ) => {
    if (sent || !said[stream].includes(text)) return
    sent = true
    child.kill(signal)
  }
}

const endless = ['train', '--rate', '0.001', '--epochs', '1000000000']

describe('Ctrl-C', () => {
  it('ends an endless training, which keeps its history up to there', async () => {
    const folder = emptyFolder()
    const watch = interruptAfter('stdout', '"epoch":100')
    const { code, stdout, stderr } = await ghostpoint([...endless, '--json', '--history', 'h.csv'], {
      cwd: folder,
      watch,
    })
    expect(code).toBe(130)
    const documents = linesOf(stdout).map(line => JSON.parse(line))
    const { status, epochs } = documents.at(-1).summary
    expect(status).toBe('interrupted')
    expect(stderr).toBe(`interrupted after ${epochs} epochs; what was done up to there is kept\n`)
    const lines = linesOf(readFileSync(join(folder, 'h.csv'), 'utf8'))
    expect(lines).toHaveLength(documents.length)
    expect(Number(lines.at(-1)!.split(',')[0])).toBe(epochs - 1)
    expect(readdirSync(folder)).toEqual(['h.csv'])
  }, 20_000)

  it('ends a reproduction, which reports what was finished and marks the rest as not run', async () => {
    const out = emptyFolder()
    const watch = interruptAfter('stderr', 'figure 1: 100%')
    const { code, stdout, stderr } = await ghostpoint(['reproduce', '1', '3', '--out', out, '--json'], {
      watch,
    })
    expect(code).toBe(130)
    expect(stderr).toContain('interrupted: what was finished is kept')
    const { figures } = JSON.parse(stdout)
    const verdicts = figures.map((figure: { claims: { verdict: string }[] }) =>
      figure.claims.map(({ verdict }) => verdict),
    )
    expect(verdicts[0]).toEqual(['supported'])
    expect(new Set(verdicts[1])).toEqual(new Set(['not run']))
    expect(readdirSync(out).sort()).toEqual([
      '.parts',
      'figure-1.png',
      'figure-1.svg',
      'report.html',
      'report.md',
    ])
    const html = readFileSync(join(out, 'report.html'), 'utf8')
    expect(html.match(/class="verdict supported"/g)?.length).toBeGreaterThan(0)
    expect(html).toContain('No figure: interrupted.')
  }, 30_000)
})

describe('a reproduction that was stopped', () => {
  it.each(['SIGINT', 'SIGKILL'] as const)(
    'by %s goes on from the parts that it had finished',
    async signal => {
      const out = emptyFolder()
      const watch = interruptAfter('stderr', 'figure 1: 100%', signal)
      const stopped = await ghostpoint(['reproduce', '1', '3', '--out', out], { watch })
      expect(stopped.code).toBe(signal === 'SIGKILL' ? null : 130)
      const kept = readdirSync(join(out, '.parts')).filter(name => name.endsWith('.part'))
      const { code, stdout } = await ghostpoint(['reproduce', '1', '--out', out, '--json'])
      expect(code).toBe(0)
      const [figure] = JSON.parse(stdout).figures
      expect(figure).toMatchObject({ status: 'done', kept: kept.length, parts: kept.length })
    },
    20_000,
  )

  it('computes a damaged part anew, and says so', async () => {
    const out = emptyFolder()
    await ghostpoint(['reproduce', '1', '--out', out])
    const [name] = readdirSync(join(out, '.parts'))
    const file = join(out, '.parts', name!)
    writeFileSync(file, readFileSync(file).subarray(0, -1))
    const { code, stdout, stderr } = await ghostpoint(['reproduce', '1', '--out', out, '--json'])
    expect(code).toBe(0)
    expect(stderr).toContain(`${file} is damaged: that part is computed anew\n`)
    expect(JSON.parse(stdout).figures[0]).toMatchObject({ status: 'done', kept: 0 })
  })
})

describe('a reader that has seen enough', () => {
  it.each([
    ['train --rate 0.001 --epochs 1000000000'],
    ['train --rate 0.001 --epochs 1000000000 --record 1000 --json'],
    ['theory --delay 100'],
    ['train --schema'],
  ])(
    'ends %s in silence, and is no failure',
    async line => {
      const { code, stdout, stderr } = await bash(`G ${line} | head -c 1`)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toHaveLength(1)
    },
    20_000,
  )

  it('does not keep a reproduction from writing its report', async () => {
    const out = emptyFolder()
    const { code, stderr } = await bash(`G reproduce 1 --out '${out}' | head -1`)
    expect(code).toBe(0)
    expect(stderr).not.toMatch(/EPIPE|Error|at /)
    expect(readdirSync(out)).toContain('report.html')
  })
})

describe.runIf(process.platform === 'linux')('a full disk', () => {
  it('under stdout is said in one line', async () => {
    const { code, stderr } = await bash('G theory --delay 100 > /dev/full')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^ghostpoint: stdout: cannot be written: [^\n]*no space left[^\n]*\n$/)
  })
})
