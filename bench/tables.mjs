// What the benchmark prints.
import { cpus } from 'node:os'

const microseconds = value => (value >= 100 ? value.toFixed(0) : value.toFixed(1))
const ratio = value => `${value >= 10 ? value.toFixed(0) : value.toFixed(2)}×`

/** The machine, as far as a time depends on it. */
export function machine() {
  const [{ model }] = cpus()
  return `${model.trim()}, ${cpus().length} cores, Node ${process.versions.node}, ${process.platform}`
}

/** A table of columns as wide as their widest cell; the first to the left, the others to the right. */
export function table(head, rows) {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map(row => row[column].length)))
  const line = row =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
  return [head, widths.map(width => '─'.repeat(width)), ...rows].map(line).join('\n')
}

/** One line a job: times, ratios, and whether the goals are reached. */
export function raceTable(jobs, rows) {
  const head = ['job', 'kernel µs/epoch', '10–90%', 'PyTorch', 'goal', 'TensorFlow.js', 'C', 'goal', '']
  const lines = jobs.map(({ name, goal }) => {
    const of = who => rows.find(row => row.job === name && row.name === who)
    const [kernel, pytorch, tensorflow, c] = ['kernel', 'PyTorch', 'TensorFlow.js', 'C'].map(of)
    return [
      name,
      microseconds(kernel.median),
      `${microseconds(kernel.low)}–${microseconds(kernel.high)}`,
      pytorch ? `${ratio(pytorch.ofKernel)} slower` : '–',
      `≥ ${goal.pytorch}×`,
      tensorflow ? `${ratio(tensorflow.ofKernel)} slower` : '–',
      c ? `${ratio(1 / c.ofKernel)} faster` : '–',
      goal.c === undefined ? '–' : `≤ ${goal.c}×`,
      verdict(goal, pytorch, c),
    ]
  })
  return table(head, lines)
}

function verdict(goal, pytorch, c) {
  if (pytorch && pytorch.ofKernel < goal.pytorch) return 'missed'
  if (c && goal.c !== undefined && 1 / c.ofKernel > goal.c) return 'missed'
  return pytorch || c ? 'reached' : ''
}

/** Medians of every contestant. */
export function timesTable(rows) {
  return table(
    ['job', 'contestant', 'µs/epoch', '10–90%'],
    rows.map(({ job, name, median, low, high }) => [
      job,
      name,
      microseconds(median),
      `${microseconds(low)}–${microseconds(high)}`,
    ]),
  )
}

export function collapseTable(rows) {
  return table(
    ['job', 'state', 'µs/epoch', 'of healthy'],
    rows.map(({ job, state, median, ofHealthy }) => [job, state, microseconds(median), ratio(ofHealthy)]),
  )
}

export function scalingTable(rows) {
  return table(
    ['size', 'µs/epoch', 'exponent'],
    rows.map(({ name, sizes, times, exponent }) => [
      name,
      sizes.map((size, i) => `${size}: ${microseconds(times[i])}`).join('  '),
      exponent.toFixed(2),
    ]),
  )
}

export function recipesTable(rows) {
  return table(
    ['task', 'epoch', 'published', 'of these no minima', 'here', 'in common', 'spectra of points apart'],
    rows.map(({ task, epoch, published, notStationary, here, both, spectraApart }) =>
      [task, epoch, published, notStationary, here, both, spectraApart.toPrecision(2)].map(String),
    ),
  )
}

export function framesTable(rows) {
  return table(
    ['room', 'frames/s', 'median ms', 'late', 'longest ms', 'trained all the while'],
    rows.map(({ name, perSecond, median, late, longest, playing }) => [
      name,
      perSecond.toFixed(1),
      median.toFixed(1),
      `${(100 * late).toFixed(1)}%`,
      longest.toFixed(0),
      playing ? 'yes' : 'no',
    ]),
  )
}
