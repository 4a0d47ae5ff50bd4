import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { npzBytes, readNpz } from '../../src/formats/npz.js'
import { safetensorsBytes } from '../../src/formats/safetensors.js'
import type { ParameterArray } from '../../src/models/parameters.js'
import { type AnalysisReport, analysisReportSchema } from '../../src/report/analysis-report.js'
import { pythonWith, runPython } from '../python.js'
import { bash, emptyFolder, ghostpoint, linesOf } from './run-command.js'

/** Two neurons that act as one: κ' = −κ + tanh(2κ + c). */
const selfExciting = (c: number): Record<string, ParameterArray> => ({
  m: { shape: [2], data: Float64Array.of(2, 2) },
  n: { shape: [2], data: Float64Array.of(0.5, 0.5) },
  b: { shape: [2], data: Float64Array.of(c, c) },
})

/** At the two saddle-nodes of κ = tanh(2κ + c), 1 = 2(1 − κ²). */
const foldKappa = Math.SQRT1_2
const foldInput = 2 * foldKappa - Math.atanh(foldKappa)

/** `ghostpoint analyse … --json`, its report held to the schema. */
async function analyse(folder: string, ...args: readonly string[]): Promise<AnalysisReport> {
  const { code, stdout, stderr } = await ghostpoint(['analyse', ...args, '--json'], { cwd: folder })
  expect(code, stderr).toBe(0)
  return analysisReportSchema.parse(JSON.parse(stdout))
}

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = emptyFolder()
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

describe('ghostpoint analyse', () => {
  it('finds the three fixed points of a bistable network, in its latent variable', async () => {
    const folder = folderWith({ 'net.npz': npzBytes(selfExciting(0)) })
    const report = await analyse(folder, 'net.npz', '--noise', '0.5', '--starts', '60')
    expect(report.network).toMatchObject({ source: 'rank-one', rank: 1, coordinates: 'latent', dimension: 1 })
    expect(report.searched).toBe(60)
    // κ = tanh(2κ), by iteration.
    let kappa = 1
    for (let i = 0; i < 200; i++) kappa = Math.tanh(2 * kappa)
    const expected = [-kappa, 0, kappa]
    const found = [...report.points].sort((a, b) => a.position[0]! - b.position[0]!)
    expect(found.map(({ kind }) => kind)).toEqual(['fixed point', 'fixed point', 'fixed point'])
    for (const [i, point] of found.entries()) {
      expect(point.position[0]).toBeCloseTo(expected[i]!, 10)
      expect(point.state[1]).toBeCloseTo(expected[i]!, 10)
      expect(point.eigenvalues[0]![0]).toBeCloseTo(-1 + 2 * (1 - expected[i]! ** 2), 9)
    }
    expect(found.map(({ stable, index }) => [stable, index])).toEqual([
      [true, 0],
      [false, 1],
      [true, 0],
    ])
  })

  it('finds the ghost that a saddle-node leaves, with its dwell time in steps', async () => {
    const beyond = 1e-4
    const folder = folderWith({ 'net.npz': npzBytes(selfExciting(foldInput + beyond)) })
    const { points } = await analyse(folder, 'net.npz', '--noise', '0.5', '--starts', '60', '--leak', '0.2')
    const ghosts = points.filter(({ kind }) => kind === 'ghost')
    expect(ghosts).toHaveLength(1)
    // At the fold tanh = −1/√2: ∂F/∂c = 1 − κ² = ½, and a = ½·2²·tanh″ = 4·(1/√2)·½.
    const [r, a] = [beyond / 2, Math.SQRT2]
    expect(ghosts[0]!.position[0]).toBeCloseTo(-foldKappa, 3)
    expect(ghosts[0]!.canonicalForm!.dwellSteps! / (Math.PI / Math.sqrt(r * a) / 0.2)).toBeCloseTo(1, 3)
    expect(points.filter(({ kind }) => kind === 'fixed point')).toHaveLength(1)
  })

  it('takes the same network from .npz and .safetensors, and by other names', async () => {
    const J = { shape: [2, 2], data: Float64Array.of(0.9, 1.2, -0.4, 1.5) }
    const Jt = { shape: [2, 2], data: Float64Array.of(0.9, -0.4, 1.2, 1.5) }
    const c = { shape: [2], data: Float64Array.of(0.1, -0.2) }
    const u = { shape: [2], data: Float64Array.of(1, 0) }
    const none = { shape: [2], data: new Float64Array(2) }
    const folder = folderWith({
      'columns.npz': npzBytes({ J, c, u }),
      'rows.npz': npzBytes({ W: Jt, b: c }),
      'rnn.safetensors': safetensorsBytes({ weight_hh_l0: J, bias_hh_l0: c, bias_ih_l0: none }),
    })
    const search = ['--starts', '40', '--noise', '1', '--leak', '0.5']
    const rows = await analyse(folder, 'rows.npz', ...search)
    const named = ['columns.npz', '--weights', 'J', '--bias', 'c']
    const shifted = ['columns.npz', '--weights', 'J', '--input-weights', 'u', '--input', '0.25']
    const columns = await analyse(folder, ...named, ...search)
    const pytorch = await analyse(folder, 'rnn.safetensors', ...search)
    const driven = await analyse(folder, ...shifted, '--bias', 'c', ...search)
    expect(rows.points.length).toBeGreaterThan(0)
    expect(pytorch.points).toEqual(columns.points)
    expect(driven.network.input).toEqual([0.25])
    expect(driven.points[0]!.position).not.toEqual(columns.points[0]!.position)
    // The own runs of autonomous networks start elsewhere; where they end is the same.
    const positions = ({ points }: AnalysisReport) => points.map(({ position }) => position[0]!).sort()
    for (const [i, x] of positions(rows).entries()) expect(positions(columns)[i]).toBeCloseTo(x, 9)
    for (const { position } of columns.points.filter(({ kind }) => kind === 'fixed point')) {
      const [x, y] = [position[0]!, position[1]!]
      expect(Math.tanh(0.9 * x + 1.2 * y + 0.1)).toBeCloseTo(x, 10)
      expect(Math.tanh(-0.4 * x + 1.5 * y - 0.2)).toBeCloseTo(y, 10)
    }
  })

  it('starts from the trajectories it is given, and lifts latent positions to states', async () => {
    const at = (kappa: number) => ({ shape: [1, 2], data: Float64Array.of(kappa, kappa) })
    const folder = folderWith({ 'net.npz': npzBytes({ ...selfExciting(0), up: at(0.9), down: at(-0.9) }) })
    const search = ['net.npz', '--noise', '0', '--starts', '3']
    const up = await analyse(folder, ...search, '--states', 'up')
    const down = await analyse(folder, ...search, '--trajectories', 'net.npz', '--states', 'down')
    expect(up.settings.from).toEqual({ file: 'net.npz', name: 'up', trials: 1, steps: 1 })
    expect(up.points).toHaveLength(1)
    expect(up.points[0]).toMatchObject({ starts: 3 })
    expect(up.points[0]!.nearestStart).toBeCloseTo(Math.abs(up.points[0]!.position[0]! - 0.9), 12)
    expect(up.points[0]!.state[0]).toBeCloseTo(0.9575, 4)
    expect(down.points[0]!.state[0]).toBeCloseTo(-0.9575, 4)
  })

  it('finds the ghost along a trajectory, which takes as long to pass as predicted', async () => {
    const c = foldInput + 1e-3
    const [states, steps] = [[-0.95], 700]
    for (let t = 0; t < steps - 1; t++)
      states.push(states[t]! + 0.5 * (Math.tanh(2 * states[t]! + c) - states[t]!))
    const trial = { shape: [steps, 2], data: Float64Array.from(states.flatMap(x => [x, x])) }
    const mirrored = {
      shape: [2, steps, 2],
      data: Float64Array.from([...trial.data, ...trial.data.map(x => -x)]),
    }
    const folder = folderWith({ 'net.npz': npzBytes({ ...selfExciting(c), trial, mirrored }) })
    const { traces } = await analyse(folder, 'net.npz', '--states', 'trial', '--starts', '5')
    expect(traces).toHaveLength(1)
    expect(traces[0]!.deviation).toBeLessThan(1e-15)
    const [ghost] = traces[0]!.ghosts
    expect(ghost!.position[0]).toBeCloseTo(-foldKappa, 2)
    expect(ghost!.visits).toHaveLength(1)
    // By the theory of the fold, at 3 √(r/a) on either side: 2·atan(3)/√(r·a) time constants of two steps.
    const predicted = (2 * 2 * Math.atan(3)) / Math.sqrt((1e-3 / 2) * Math.SQRT2)
    expect(ghost!.predictedSteps / predicted).toBeCloseTo(1, 2)
    expect(Math.abs(ghost!.visits[0]!.passageSteps! / predicted - 1)).toBeLessThan(0.03)
    const both = await analyse(folder, 'net.npz', '--states', 'mirrored', '--starts', '5', '--trace', '2')
    expect(both.traces.map(({ ghosts }) => ghosts.length)).toEqual([1, 0])
    expect(both.traces[1]!.deviation).toBeGreaterThan(0.1)
    const none = await analyse(folder, 'net.npz', '--states', 'trial', '--starts', '5', '--trace', '0')
    expect(none.traces).toEqual([])
  })

  it('prints a table that fits 80 columns on stdout, progress on stderr, and writes the report', async () => {
    const folder = folderWith({ 'net.npz': npzBytes(selfExciting(0)) })
    const flags = ['analyse', 'net.npz', '--noise', '0.5', '--starts', '60', '--out', 'made']
    const { code, stdout, stderr } = await ghostpoint(flags, { cwd: folder })
    expect(code).toBe(0)
    const lines = linesOf(stdout)
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80)
    expect(lines.filter(line => line.startsWith('fixed point'))).toHaveLength(3)
    expect(lines.slice(-2)).toEqual([
      '3 fixed points (2 stable), 0 ghosts, 0 other slow points: 60 searches from the',
      "  network's own runs",
    ])
    expect(stderr).toMatch(
      /^(searching: \d+%\n)+made\/report.json, made\/flow.svg, made\/flow.png, [\d.]+ s\n$/,
    )
    const written = analysisReportSchema.parse(
      JSON.parse(readFileSync(join(folder, 'made/report.json'), 'utf8')),
    )
    expect(written.points).toHaveLength(3)
    expect(written.files).toEqual(['made/flow.svg', 'made/flow.png'])
    const svg = readFileSync(join(folder, 'made/flow.svg'), 'utf8')
    expect(svg).toContain('stable fixed point')
    expect(svg).toContain('unstable fixed point')
  })

  it('ends quietly when its reader has seen enough', async () => {
    const folder = folderWith({ 'net.npz': npzBytes(selfExciting(0)) })
    const { code, stdout } = await bash('G analyse net.npz --starts 5 2> /dev/null | head -n 1', {
      cwd: folder,
    })
    expect(code).toBe(0)
    expect(stdout).toBe('net.npz: rank-one, 2 neurons, rank 1, leak 0.5, looked at in 1 latent variable\n')
  })

  it('keeps what it has found when it is interrupted', async () => {
    const neurons = 40
    const W = Float64Array.from({ length: neurons ** 2 }, (_, i) => Math.sin(i * i) / 4)
    const arrays = {
      W: { shape: [neurons, neurons], data: W },
      b: { shape: [neurons], data: W.slice(0, neurons) },
    }
    const folder = folderWith({ 'net.npz': npzBytes(arrays) })
    const flags = ['analyse', 'net.npz', '--starts', '300', '--out', 'made']
    let sent = false
    const { code, stderr } = await ghostpoint(flags, {
      cwd: folder,
      watch: (child, said) => {
        if (!sent && said.stderr.includes('searching: 25%')) sent = child.kill('SIGINT')
      },
    })
    expect(code).toBe(130)
    expect(stderr).toMatch(/interrupted after \d+ of 300 searches: what was found is kept\n$/)
    const report = analysisReportSchema.parse(
      JSON.parse(readFileSync(join(folder, 'made/report.json'), 'utf8')),
    )
    expect(report.status).toBe('interrupted')
    expect(report.searched).toBeGreaterThanOrEqual(75)
    const ended = report.points.reduce((sum, { starts }) => sum + starts, 0) + report.rejected.count
    expect(ended).toBe(report.searched)
  })

  it('prints the schema of its report', async () => {
    const { code, stdout } = await ghostpoint(['analyse', '--schema'])
    expect(code).toBe(0)
    expect(Object.keys(JSON.parse(stdout).properties)).toEqual(Object.keys(analysisReportSchema.shape))
  })
})

describe('bad input to ghostpoint analyse', () => {
  it.concurrent.each([
    ['', 'analyse: no file; accepted: a file of a network: '],
    ['nowhere.npz', 'nowhere.npz: cannot be read: no such file or directory; accepted: '],
    ['good.npz --input x', '--input: got x; accepted: numbers from '],
    ['good.npz --leak 1.5', '--leak: got 1.5; accepted: a number above 0, at most 1'],
    [
      'good.npz --out good.npz',
      'good.npz: cannot be written: it is a file; accepted: a folder that can be written',
    ],
    ['good.npz --out taken', 'taken/report.json: cannot be written: it is a folder; accepted: a file name'],
  ])('such as "%s" ends with exit code 2 and one line', async (args, message) => {
    const folder = folderWith({ 'good.npz': npzBytes(selfExciting(0)) })
    mkdirSync(join(folder, 'taken/report.json'), { recursive: true })
    const { code, stdout, stderr } = await bash(`G analyse ${args}`, { cwd: folder })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(linesOf(stderr)).toHaveLength(1)
    expect(stderr).toContain(`ghostpoint: ${message}`)
  })
})

const python = pythonWith('numpy', 'torch')

describe.skipIf(python === undefined)('a network of PyTorch (needs python3 with torch and numpy)', () => {
  it('saved by NumPy has the fixed points that PyTorch says it has, and those of this program’s own file', async () => {
    const folder = emptyFolder()
    const save = `
import sys, numpy as np, torch
torch.manual_seed(4)
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = torch.nn.RNN(2, 12, batch_first=True)
        self.fc = torch.nn.Linear(12, 3)
net = Net()
with torch.no_grad(): net.rnn.weight_hh_l0.normal_(0, 1.6 / 12 ** 0.5)
np.savez(sys.argv[1] + '/net.npz', **{k: v.numpy() for k, v in net.state_dict().items()})
states, _ = net.rnn(torch.randn(4, 25, 2))
np.save(sys.argv[1] + '/states.npy', states.detach().numpy())
`
    runPython(python!, save, folder)
    const search = ['--starts', '80', '--trajectories', 'states.npy', '--noise', '0.3']
    const report = await analyse(folder, 'net.npz', ...search, '--input', '0.5,-0.25')
    expect(report.network).toMatchObject({ source: 'nn.RNN', neurons: 12, leak: 1, input: [0.5, -0.25] })
    expect(report.settings.from).toMatchObject({ trials: 4, steps: 25 })
    expect(report.points.length).toBeGreaterThan(0)
    writeFileSync(join(folder, 'report.json'), JSON.stringify(report))
    const check = `
import sys, json, numpy as np, torch
arrays = {k: torch.tensor(v, dtype=torch.float64) for k, v in np.load(sys.argv[1] + '/net.npz').items()}
rnn, fc = torch.nn.RNN(2, 12).double(), torch.nn.Linear(12, 3).double()
rnn.load_state_dict({k[4:]: v for k, v in arrays.items() if k.startswith('rnn.')})
fc.load_state_dict({k[3:]: v for k, v in arrays.items() if k.startswith('fc.')})
u = torch.tensor([[[0.5, -0.25]]], dtype=torch.float64)
found = []
for point in json.load(open(sys.argv[1] + '/report.json'))['points']:
    h = torch.tensor([[point['position']]], dtype=torch.float64)
    step = lambda h: rnn(u, h)[1]
    jacobian = torch.autograd.functional.jacobian(step, h).reshape(12, 12)
    multipliers = np.linalg.eigvals(jacobian.detach().numpy())
    found.append([float((step(h) - h).norm()), int((abs(multipliers) >= 1).sum()), fc(h).flatten().tolist()])
print(json.dumps(found))
`
    const said: [number, number, number[]][] = JSON.parse(runPython(python!, check, folder))
    for (const [i, [speed, growing, output]] of said.entries()) {
      const point = report.points[i]!
      expect(point.speed).toBeCloseTo(speed, 12)
      if (point.kind === 'fixed point') expect(point.index).toBe(growing)
      for (const [k, value] of output.entries()) expect(point.readOut![k]).toBeCloseTo(value, 12)
    }

    const arrays = readNpz(readFileSync(join(folder, 'net.npz')))
    const data = (name: string) => arrays[`rnn.${name}_l0`]!.data
    const W = Float64Array.from(
      { length: 144 },
      (_, i) => data('weight_hh')[(i % 12) * 12 + Math.floor(i / 12)]!,
    )
    const W_in = Float64Array.from(
      { length: 24 },
      (_, i) => data('weight_ih')[(i % 12) * 2 + Math.floor(i / 12)]!,
    )
    const b = data('bias_ih').map((value, i) => value + data('bias_hh')[i]!)
    const own = {
      W_in: { shape: [2, 12], data: W_in },
      b_in: { shape: [12], data: b },
      W_rec: { shape: [12, 12], data: W },
    }
    writeFileSync(join(folder, 'own.npz'), npzBytes(own))
    const again = await analyse(folder, 'own.npz', ...search, '--input', '0.5,-0.25', '--leak', '1')
    expect(again.network.source).toBe('driven')
    expect(again.points.map(({ kind }) => kind)).toEqual(report.points.map(({ kind }) => kind))
    for (const [i, { position }] of again.points.entries()) {
      for (const [k, value] of position.entries()) expect(report.points[i]!.position[k]).toBeCloseTo(value, 9)
    }
  })
})
