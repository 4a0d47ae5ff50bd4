import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SettingsInput } from '../../src/settings/settings.js'
import type { Trainer } from '../../src/training/trainer.js'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const page = readFileSync(join(root, 'docs/adding-a-task-and-a-model.md'), 'utf8')
const copy = mkdtempSync(join(tmpdir(), 'ghostpoint-docs-'))

/** The page's blocks of a language: the file that the first line names, and the lines after it. */
function blocks(language: string, firstLine: RegExp): { file: string; lines: string[] }[] {
  const fences = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))]
  return fences.map(([, text]) => {
    const [first, ...lines] = text!.trimEnd().split('\n')
    const file = firstLine.exec(first!)?.[1]
    if (file === undefined) throw new Error(`a ${language} block names no file: ${first}`)
    return { file, lines }
  })
}

const files = blocks('ts', /^\/\/ (\S+)$/)
const changes = blocks('diff', /^--- (\S+)$/)

/** Replaces the lines of a change that are not new, which must stand in its file once, by those that stay. */
function apply({ file, lines }: (typeof changes)[number]): void {
  const without = (sign: string) =>
    lines.filter(line => !line.startsWith(sign)).map(line => `${line.slice(1)}\n`)
  const [before, after] = [without('+').join(''), without('-').join('')]
  const parts = readFileSync(join(copy, file), 'utf8').split(before)
  if (parts.length !== 2) throw new Error(`${file}: found ${parts.length - 1} times:\n${before}`)
  writeFileSync(join(copy, file), parts.join(after))
}

function load<Module>(file: string): Promise<Module> {
  return import(join(copy, file)) as Promise<Module>
}

beforeAll(() => {
  cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true })
  cpSync(join(root, 'scripts/build-kernel.mjs'), join(copy, 'scripts/build-kernel.mjs'))
  cpSync(join(root, 'package.json'), join(copy, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  for (const { file, lines } of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    writeFileSync(join(copy, file), `${lines.join('\n')}\n`)
  }
  changes.forEach(apply)
  execFileSync(process.execPath, [join(copy, 'scripts/build-kernel.mjs')], { cwd: copy })
})

afterAll(() => rmSync(copy, { recursive: true }))

describe('the page on adding a task and a model', () => {
  it('is type-checked, with all that it changes', () => {
    const config = ts.readConfigFile(join(root, 'tsconfig.json'), name => readFileSync(name, 'utf8'))
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, copy)
    const checked = [...files, ...changes].map(({ file }) => file)
    const program = ts.createProgram({
      rootNames: checked.filter(file => !file.includes('/assembly/')).map(file => join(copy, file)),
      options: { ...options, typeRoots: [join(root, 'node_modules/@types')] },
    })
    const complaints = ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      )
    expect(complaints).toEqual([])
    expect(checked.length).toBeGreaterThan(15)
  })

  it('trains its task on the kernels', async () => {
    const { loss, accuracy } = await load<{ loss: Float64Array; accuracy: Float64Array }>(
      'examples/flip-flop.ts',
    )
    expect(loss[0]).toBeGreaterThan(0.5)
    expect(loss.at(-1)).toBeLessThan(0.1)
    expect(accuracy.at(-1)).toBeGreaterThan(0.95)
  })

  it('has a reference whose gradient is that of its loss, and which trains', async () => {
    const { gradient, differences, trainer } = await load<{
      gradient: Float64Array
      differences: Float64Array
      trainer: Trainer
    }>('examples/one-neuron-reference.ts')
    expect(Math.abs(gradient[0]!)).toBeGreaterThan(1e-3)
    gradient.forEach((value, i) => {
      expect(Math.abs(value - differences[i]!)).toBeLessThan(1e-7)
    })
    const { loss } = trainer.advance(300)
    expect(loss.at(-1)).toBeLessThan(loss[0]!)
  })

  it('has a kernel that agrees with the reference while the loss moves', async () => {
    const { distances, trainer } = await load<{ distances: number[]; trainer: Trainer }>(
      'examples/one-neuron-kernel.ts',
    )
    expect(distances).toHaveLength(200)
    for (const distance of distances) expect(distance).toBeLessThan(1e-6)
    const snapshot = structuredClone(trainer.snapshot())
    const after = trainer.advance(150)
    trainer.restore(snapshot)
    expect(trainer.advance(150)).toEqual(after)
  })

  it('makes both part of the settings, in either precision', async () => {
    const { createTrainer } = await load<{ createTrainer(settings: unknown): Promise<Trainer> }>(
      'src/training/create-trainer.ts',
    )
    const optimizer: SettingsInput['optimizer'] = { kind: 'sgd', rate: 0.01 }
    const settings = [
      { model: { kind: 'one-neuron' }, task: { kind: 'delayed-activation', delay: 10 } },
      { model: { kind: 'driven', neurons: 10 }, task: { kind: 'flip-flop', trials: 3 } },
    ]
    for (const written of settings) {
      const [single, double] = await Promise.all(
        ['single', 'double'].map(precision => createTrainer({ ...written, optimizer, epochs: 1, precision })),
      )
      const [got, wanted] = [single!.advance(3), double!.advance(3)]
      wanted.loss.forEach((loss, epoch) => {
        expect(Math.abs(got.loss[epoch]! / loss - 1)).toBeLessThan(1e-5)
      })
    }
  })
})
