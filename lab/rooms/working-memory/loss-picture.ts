import * as Plot from '@observablehq/plot'
import { effect } from '@preact/signals'
import type { Axis } from '../../../src/figures/axis.js'
import { eventMarkers } from '../../../src/figures/event-markers.js'
import type { LegendEntry } from '../../../src/figures/legend.js'
import { curve, type LineStyle, levelRule } from '../../../src/figures/marks.js'
import { formatCount, formatNumber, formatPercent } from '../../../src/figures/numbers.js'
import type { BarePanel } from '../../../src/figures/panels.js'
import type { Theme } from '../../../src/figures/theme.js'
import { extent, thin } from '../../../src/figures/thinning.js'
import { cueDiscrimination } from '../../../src/tasks/cue-discrimination.js'
import { matchToSample } from '../../../src/tasks/match-to-sample.js'
import { eventThresholds } from '../../../src/training/events.js'
import { eventMargin, type History, type HistoryRow } from '../../../src/training/history.js'
import { tickCount, tickNumber } from '../../ui/cached-format.js'
import type { MovingMark, PictureSpec } from '../../ui/picture-spec.js'
import { slowed } from '../../ui/slowed.js'
import type { MemoryTask } from '../../work/memory-look.js'
import { begun, end, place, training } from './clock.js'
import { type LastingEvents, lastingEvents } from './lasting-events.js'
import { sightings } from './looks.js'
import type { Sighting } from './sightings.js'
import { values } from './state.js'

/** Loss and accuracy against the epoch, with the falls, and above them what the looks found. */

/** Points of a curve: more are not told apart. */
const mostPoints = 400
/** Milliseconds between two drawings while it trains. */
const drawInterval = 160
/** Losses higher than this many times the plateau are cut off. */
const highest = 2.4

/** Counts up when the history is to be drawn again. */
const redrawn = slowed(() => training.value?.version.value, drawInterval)

/** The last rows reported: those that the history has not decided to keep yet are drawn all the same. */
let reported: HistoryRow[] = []

/** Keeps the last rows as they come, from now on. */
export function followHistory(): void {
  effect(() => {
    if (begun.value !== undefined) reported = []
  })
  effect(() => {
    const row = training.value?.present.value?.row
    if (row === undefined || row.epoch <= (reported.at(-1)?.epoch ?? -1)) return
    reported = [...reported.filter(({ epoch }) => epoch >= row.epoch - eventMargin), row]
  })
}

/** What the thresholds of the events are shares of: the loss of a silent network, or the first one if that is lower. */
export function plateauOf(task: MemoryTask, { loss }: Pick<History, 'loss'>): number {
  const { silentLoss } = task.kind === 'cue-discrimination' ? cueDiscrimination(task) : matchToSample(task)
  return Math.min(loss[0] ?? silentLoss, silentLoss)
}

export function lossSpec(): PictureSpec | undefined {
  redrawn.value
  const [subject, looks, epochs] = [begun.value, sightings.value, values.epochs.value]
  const client = training.peek()
  const progress = client?.progress.peek()
  if (client === undefined || subject === undefined || progress === undefined) return undefined
  const { history } = client
  const events = lastingEvents(progress)
  const shown: Shown = {
    history,
    drawn: withReported(history),
    events,
    looks,
    plateau: plateauOf(subject.task, history),
    epochs: Math.max(epochs, end.peek() + 1),
  }
  return {
    panel: theme => lossPanel(shown, theme),
    summary: describe(shown),
    table: () => tableOf(history),
  }
}

export function lossMoving(): MovingMark[] {
  return end.value > 0 ? [{ kind: 'rule', x: place.value, colour: 'ink' }] : []
}

/** The history with the rows reported since the last one that it keeps. */
function withReported(history: History): Curves {
  const { epoch, loss, accuracy } = history
  const last = epoch.length - 1
  const kept = epoch[last - 1] ?? -1
  const between = reported.filter(row => row.epoch > kept && row.epoch < epoch[last]!)
  const joined = (column: Float64Array, values: readonly number[]) =>
    Float64Array.of(...column.subarray(0, last), ...values, ...column.subarray(last))
  return {
    epoch: joined(
      epoch,
      between.map(row => row.epoch),
    ),
    loss: joined(
      loss,
      between.map(row => row.loss),
    ),
    accuracy: joined(
      accuracy,
      between.map(row => row.accuracy),
    ),
  }
}

type Curves = Pick<History, 'epoch' | 'loss' | 'accuracy'>

interface Shown {
  readonly history: History
  readonly drawn: Curves
  readonly events: LastingEvents
  readonly looks: readonly Sighting[]
  readonly plateau: number
  readonly epochs: number
}

function lossPanel(shown: Shown, theme: Theme): BarePanel {
  const { drawn, epochs, plateau } = shown
  const relative = drawn.loss.map(value => value / plateau)
  const top = Math.min(highest, Math.max(1.05, extent(relative)[1]))
  const x: Axis = { domain: [0, epochs], label: 'epoch', ticks: 5, format: tickCount }
  const y: Axis = {
    // Above the curves there is a row for what looks found.
    domain: [0, 1.17 * top],
    label: 'loss / plateau; accuracy',
    ticks: [0, 0.5, 1, 1.5, 2].filter(tick => tick <= top),
    format: tickNumber,
  }
  const { loss, accuracy, threshold } = styles(theme)
  return {
    title: 'Training',
    legend: legendOf(theme),
    x,
    y,
    markers: eventMarkers(shown.events, theme),
    marks: [
      levelRule(eventThresholds.firstFall, threshold),
      levelRule(eventThresholds.secondFall, threshold),
      thinned(drawn.epoch, drawn.accuracy, { x, y }, accuracy),
      thinned(drawn.epoch, relative, { x, y }, loss),
      ...sightingMarks(shown.looks, top, theme),
    ],
  }
}

function styles({ colours, lineWidth }: Theme) {
  return {
    loss: { stroke: colours.measurement, strokeWidth: lineWidth.data },
    accuracy: { stroke: colours.optimum, strokeWidth: lineWidth.data, strokeDasharray: '5 3' },
    threshold: { stroke: colours.axis, strokeWidth: 0.75, strokeDasharray: '2 3' },
  }
}

function legendOf(theme: Theme): LegendEntry[] {
  const { loss, accuracy } = styles(theme)
  return [
    { label: 'loss', line: loss },
    { label: 'accuracy', line: accuracy },
    { label: 'ghost near the paths', symbol: 'diamond', colour: theme.colours.ghost },
    { label: 'stable fixed points there', symbol: 'dot', colour: theme.colours.ink },
  ]
}

function thinned(
  epoch: Float64Array,
  values: Float64Array,
  axes: { readonly x: Axis; readonly y: Axis },
  style: LineStyle,
): Plot.Markish {
  const kept = thin(epoch, values, { limit: mostPoints })
  return curve(
    kept.map(i => epoch[i]!),
    kept.map(i => values[i]!),
    axes,
    style,
  )
}

/** A row above the curves: a diamond where there is a ghost, under it a dot for each stable fixed point. */
function sightingMarks(looks: readonly Sighting[], top: number, { colours }: Theme): Plot.Markish[] {
  const dots = looks.flatMap(({ epoch, stable }) => Array.from({ length: stable }, (_, k) => ({ epoch, k })))
  return [
    Plot.dot(dots, {
      x: 'epoch',
      y: ({ k }: { k: number }) => (1.035 - 0.045 * k) * top,
      r: 1.6,
      fill: colours.ink,
    }),
    Plot.dot(
      looks.filter(({ ghosts }) => ghosts > 0),
      { x: 'epoch', y: () => 1.1 * top, symbol: 'diamond', r: 3.4, fill: colours.ghost },
    ),
  ]
}

function describe({ history, events, looks, plateau, epochs }: Shown): string {
  const last = history.epoch.length - 1
  if (last < 0) return 'Nothing is trained yet.'
  const [loss, accuracy] = [history.loss[last]!, history.accuracy[last]!]
  return [
    `Epoch ${formatCount(history.epoch[last]!)} of ${formatCount(epochs)}: loss ${formatNumber(loss)}, ${formatNumber(loss / plateau)} of the plateau ${formatNumber(plateau)}; accuracy ${formatPercent(accuracy)}.`,
    fallText('First below half of the plateau', events.firstFall),
    fallText('Below a tenth', events.secondFall),
    ...(events.collapse === undefined ? [] : [fallText('Back on the plateau', events.collapse)]),
    ...(looks.length === 0 ? [] : [looksText(looks)]),
  ].join(' ')
}

function fallText(what: string, at: number | undefined): string {
  return at === undefined ? `${what}: not yet.` : `${what}: epoch ${formatCount(at)}.`
}

function looksText(looks: readonly Sighting[]): string {
  const ghosts = looks.filter(look => look.ghosts > 0)
  const first = ghosts[0] === undefined ? '' : `, first at epoch ${formatCount(ghosts[0].epoch)}`
  return `${formatCount(looks.length)} looks at the flow: a ghost near the paths in ${formatCount(ghosts.length)}${first}.`
}

function tableOf(history: History) {
  return {
    columns: ['epoch', 'loss', 'gradient norm', 'accuracy'],
    rows: Array.from(history.epoch, (epoch, i) => [
      epoch,
      history.loss[i]!,
      history.gradientNorm[i]!,
      history.accuracy[i]!,
    ]),
  }
}
