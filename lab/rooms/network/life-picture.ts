import * as Plot from '@observablehq/plot'
import type { Axis } from '../../../src/figures/axis.js'
import { logTicks } from '../../../src/figures/log-ticks.js'
import { formatCount, formatNumber } from '../../../src/figures/numbers.js'
import type { BarePanel } from '../../../src/figures/panels.js'
import type { Theme } from '../../../src/figures/theme.js'
import { extent } from '../../../src/figures/thinning.js'
import { tickCount } from '../../ui/cached-format.js'
import type { PictureSpec } from '../../ui/picture-spec.js'
import type { FlowSight } from '../../work/latent-protocol.js'
import { fitted } from './history-picture.js'

/**
 * The ghost's dwell time and the number of fixed points through the training so far. Every look is at two epochs, one
 * after the other: where steps hop to and fro, a ghost may be there at every other epoch alone.
 */
export function lifePicture(life: readonly FlowSight[], x: Axis): PictureSpec {
  return {
    panel: (theme, { width }) => panelOf(life, fitted(x, width), theme),
    summary: summaryOf(life),
    table: () => ({
      columns: ['epoch', 'fixed points', 'dwell time of the ghost (steps)'],
      rows: life.flatMap(({ epoch, fixedPoints, dwell }) =>
        dwell.map((steps, i) => [epoch + i, fixedPoints[i]!, Number.isNaN(steps) ? '' : steps]),
      ),
    }),
  }
}

const [shortest, longest] = [10, 1000] as const
const steps: Axis = {
  domain: [shortest, longest],
  scale: 'log',
  label: 'dwell time (steps)',
  ticks: logTicks([shortest, longest]),
  format: tickCount,
}
/** Half-way up. */
const middle = Math.sqrt(shortest * longest)

function panelOf(life: readonly FlowSight[], x: Axis, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const style = { stroke: colours.ghost, strokeWidth: lineWidth.data }
  return {
    title: 'The ghost through training',
    legend: [
      { label: 'dwell time', line: style },
      { label: 'ghost (half high: every other epoch)', area: colours.ghostArea },
      { label: 'three fixed points or more', area: colours.zone },
    ],
    x,
    y: steps,
    areas: [
      ...spans(life, ({ fixedPoints }) => fixedPoints.filter(count => count > 1).length, colours.zone),
      ...spans(life, ghosts, colours.ghostArea),
    ],
    marks: [
      Plot.areaY(life, {
        x: ({ epoch }) => epoch,
        y1: ({ dwell }) => onAxis(Math.min(...present(dwell))),
        y2: ({ dwell }) => onAxis(Math.max(...present(dwell))),
        fill: colours.ghost,
        strokeLinejoin: 'round',
        strokeLinecap: 'round',
        clip: true,
        ...style,
      }),
    ],
  }
}

const present = (dwell: FlowSight['dwell']) => dwell.filter(value => !Number.isNaN(value))
/** At how many of the two epochs there is one. */
const ghosts = ({ dwell }: FlowSight) => present(dwell).length

function onAxis(dwell: number): number {
  return Number.isFinite(dwell) ? Math.min(longest, Math.max(shortest, dwell)) : Number.NaN
}

/** Areas where looks have a property, full high at both of their epochs, half high at one; up to the next look. */
function spans(
  life: readonly FlowSight[],
  count: (sight: FlowSight) => number,
  fill: string,
): Plot.Markish[] {
  const found: { x1: number; x2: number; y2: number; count: number }[] = []
  for (const [i, sight] of life.entries()) {
    const many = count(sight)
    const x2 = life[i + 1]?.epoch ?? sight.epoch + 2
    const before = found.at(-1)
    if (before !== undefined && before.count === many && before.x2 === sight.epoch) before.x2 = x2
    else found.push({ x1: sight.epoch, x2, y2: many === 2 ? longest : middle, count: many })
  }
  const shown = found.filter(({ count }) => count > 0)
  return [Plot.rect(shown, { x1: 'x1', x2: 'x2', y1: shortest, y2: 'y2', fill, clip: true })]
}

function summaryOf(life: readonly FlowSight[]): string {
  if (life.length === 0) return 'No flow was looked at yet.'
  const counts = life.map(ghosts)
  const first = life.find(sight => ghosts(sight) > 0)
  const [least, most] = extent(life.flatMap(({ fixedPoints }) => [...fixedPoints]))
  const points = least === most ? `${most} throughout` : `${least} to ${most}`
  const [briefest, slowest] = extent(life.flatMap(({ dwell }) => present(dwell)))
  const of = (many: number) => formatCount(counts.filter(count => count === many).length)
  const seen =
    first === undefined
      ? 'no ghost'
      : `a ghost at both epochs of ${of(2)} and at one of ${of(1)}, first at epoch ${formatCount(first.epoch)}; dwell time ${formatNumber(briefest)} to ${formatNumber(slowest)} steps`
  return `${formatCount(life.length)} looks at two epochs each: ${seen}. Fixed points: ${points}.`
}
