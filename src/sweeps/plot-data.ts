import { mostLines, type SweepLine, type SweepPlotData } from '../figures/sweep-plot.js'
import { extent } from '../figures/thinning.js'
import { mean, standardError, wilsonInterval } from '../numerics/statistics.js'
import { InputError } from '../settings/input-error.js'
import { type PlainValue, rowsOf } from './query.js'
import { flatSettingColumns } from './settings-columns.js'
import { quotePath } from './sql.js'
import { storedColumns } from './store-row.js'

/** What to draw of a store. */
export interface PlotChoice {
  /** A setting's dotted path, numeric. */
  readonly x: string
  /** A measured column; `loss_at` has a line for every epoch at which the loss was kept. */
  readonly y: string
  /** A setting's dotted path. */
  readonly line?: string
  /** A condition in SQL on the runs. */
  readonly where?: string
  readonly xScale?: 'linear' | 'log'
  readonly yScale: 'linear' | 'log'
}

/** What is drawn, and how many of the trainings chosen have no value to draw. */
export interface PlotData {
  readonly data: SweepPlotData
  readonly leftOut: number
  /** Runs that repeat the training of another, and are not counted: they differ in `lossAt` alone. */
  readonly repeated: number
}

type Scalar = number | boolean

const plottable = ['DOUBLE', 'BIGINT', 'BOOLEAN']

/** Columns that can be drawn. */
const measures = Object.entries(storedColumns)
  .filter(([, type]) => plottable.includes(type))
  .map(([name]) => name)

/**
 * Averages a measured value over all runs with the same x and line: the mean with its standard error, or of a
 * truth value the share with its 95% Wilson interval. A training counts once, however many runs are of it.
 *
 * @throws InputError if there is no such column, no run, too many lines, or runs of several engines
 */
export async function plotData(store: string, choice: PlotChoice): Promise<PlotData> {
  const overEpochs = choice.y === 'loss_at'
  requireColumns(choice)
  const line = choice.line === undefined ? (overEpochs ? 'epoch' : 'NULL') : quotePath(choice.line)
  const where = choice.where === undefined ? '' : ` WHERE (${choice.where}\n)`
  const all = '(SELECT runs.*, results.settings AS training FROM runs JOIN results USING (id))'
  const source = overEpochs
    ? // A run without any epoch is there all the same, to be counted.
      `(SELECT *, unnest(CASE WHEN len(loss_epochs) > 0 THEN loss_epochs ELSE [NULL] END) AS epoch, unnest(CASE WHEN len(loss_epochs) > 0 THEN loss_at ELSE [NULL] END) AS loss FROM ${all})`
    : all
  const from = `FROM ${source}${where}`
  await requireOneEngine(store, from)
  const y = overEpochs ? 'loss' : choice.y
  const unit = overEpochs ? 'training, epoch' : 'training'
  // A result before a failure.
  const once = `row_number() OVER (PARTITION BY ${unit} ORDER BY status = 'failed', id) = 1`
  const selected = `${line}, ${quotePath(choice.x)}, ${y}, training`
  const rows = await rowsOf(store, `SELECT ${selected} ${from} QUALIFY ${once}`)
  const points = rows.filter(([, , value]) => value !== null)
  if (points.length === 0) {
    const none = rows.length === 0 ? 'no runs' : `none of ${trainingsIn(rows)} runs has ${choice.y}`
    throw new InputError(store, none, 'runs to draw')
  }
  const groups = new Map<string, Map<number, Scalar[]>>()
  for (const [name = null, x = null, value] of points) {
    const label = name === null ? 'none' : String(name)
    const group = groups.get(label) ?? new Map<number, Scalar[]>()
    const at = xOf(x, choice.x)
    const values = group.get(at) ?? []
    values.push(value as Scalar)
    group.set(at, values)
    groups.set(label, group)
  }
  const lines = [...groups].sort(([a], [b]) => compare(a, b)).map(([label, group]) => lineOf(label, group))
  requireFew(lines)
  return {
    data: figureOf(choice, lines, overEpochs),
    leftOut: trainingsIn(rows) - trainingsIn(points),
    repeated: await repeatedRuns(store, from),
  }
}

const trainingsIn = (rows: readonly (readonly PlainValue[])[]) =>
  new Set(rows.map(([, , , training]) => training)).size

async function repeatedRuns(store: string, from: string): Promise<number> {
  const [row] = await rowsOf(store, `SELECT count(DISTINCT id) - count(DISTINCT training) ${from}`)
  return Number(row![0])
}

/** Numbers of two engines are no samples of one thing. */
async function requireOneEngine(store: string, from: string): Promise<void> {
  const engines = await rowsOf(store, `SELECT DISTINCT engine ${from} ORDER BY engine`)
  if (engines.length < 2) return
  const names = engines.map(([engine]) => String(engine))
  const accepted = `one of them, e.g. --where "engine = '${names.at(-1)}'"`
  throw new InputError(store, `has runs of ${names.length} engines: ${names.join(', ')}`, accepted)
}

function figureOf(choice: PlotChoice, lines: readonly SweepLine[], overEpochs: boolean): SweepPlotData {
  const isShare = Reflect.get(storedColumns, choice.y) === 'BOOLEAN'
  const name = (isShare ? `share ${choice.y}` : overEpochs ? 'loss' : choice.y).replaceAll('_', ' ')
  return {
    title: `${name}, ${isShare ? '95% interval' : 'mean ± standard error'}`,
    x: { label: choice.x, scale: choice.xScale ?? scaleOf(lines) },
    y: { label: name, scale: choice.yScale },
    lineSetting: choice.line ?? (overEpochs ? 'epoch' : undefined),
    lines,
    intervalsAs: isShare ? 'whiskers' : 'bands',
    interval: isShare ? 'with its 95% Wilson interval' : '± standard error',
  }
}

function requireColumns({ x, y, line }: PlotChoice): void {
  const settings = flatSettingColumns().map(({ path }) => path)
  const requireOneOf = (flag: string, name: string, names: readonly string[]) => {
    if (!names.includes(name)) throw new InputError(flag, `no column ${name || '""'}`, names.join(', '))
  }
  requireOneOf('--x', x, settings)
  requireOneOf('--y', y, [...measures, 'loss_at'])
  if (line !== undefined) requireOneOf('--line', line, y === 'loss_at' ? [...settings, 'epoch'] : settings)
}

function xOf(value: PlainValue, path: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw new InputError('--x', `${path} is ${JSON.stringify(value)} in some runs`, 'a number, or --where')
}

function lineOf(label: string, group: ReadonlyMap<number, readonly Scalar[]>): SweepLine {
  const sorted = [...group].sort(([a], [b]) => a - b)
  const estimates = sorted.map(([, values]) => estimate(values))
  return {
    label,
    x: Float64Array.from(sorted, ([x]) => x),
    mean: Float64Array.from(estimates, ({ centre }) => centre),
    low: Float64Array.from(estimates, ({ low }) => low),
    high: Float64Array.from(estimates, ({ high }) => high),
    runs: Float64Array.from(sorted, ([, values]) => values.length),
  }
}

function estimate(values: readonly Scalar[]): { centre: number; low: number; high: number } {
  if (typeof values[0] === 'boolean') {
    const { share, low, high } = wilsonInterval(values.filter(value => value === true).length, values.length)
    return { centre: share, low, high }
  }
  const numbers = values.map(Number)
  const [centre, error] = [mean(numbers), standardError(numbers)]
  return { centre, low: centre - error, high: centre + error }
}

/** Logarithmic where the values are positive and span two decades. */
function scaleOf(lines: readonly SweepLine[]): 'linear' | 'log' {
  const [low, high] = extent(...lines.map(({ x }) => x))
  return low > 0 && high >= 99 * low ? 'log' : 'linear'
}

/** Numbers by their value, before words. */
function compare(a: string, b: string): number {
  const [first, second] = [Number(a), Number(b)]
  if (Number.isNaN(first) || Number.isNaN(second)) return Number.isNaN(first) ? (a < b ? -1 : 1) : -1
  return first - second
}

function requireFew(lines: readonly SweepLine[]): void {
  if (lines.length <= mostLines) return
  throw new InputError('--line', `has ${lines.length} values`, `at most ${mostLines}, or --where`)
}
