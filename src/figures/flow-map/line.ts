import type { FlowMap } from '../../dynamics/flow-map.js'
import { type FlowLine, flowLineMarks, ghostWindows } from '../flow-line.js'
import type { LegendEntry } from '../legend.js'
import type { VerticalMarker } from '../marker-labels.js'
import { cornerNote } from '../marks.js'
import { formatNumber } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import { leavingText } from './describe.js'
import { cellOf, shownPoints } from './frame.js'

/** Px around an axis range that symbols and notes need, as a share of it. */
const headroom = 0.14

/** A map of a line: velocity against the coordinate, with what is found on it. */
export function linePanel(map: FlowMap, title: string, label: string, theme: Theme): BarePanel {
  const [line, off] = [flowLine(map), leavingText(map)]
  const { x: at, velocity } = line
  const [low, high] = extent([0], velocity)
  const pad = headroom * (high - low || 1)
  const x = { domain: [at[0]!, at.at(-1)!] as const, label, ticks: 6, format: formatNumber }
  const y = { domain: [low - pad, high + pad] as const, label: `${label}′`, ticks: 4, format: formatNumber }
  return {
    title,
    x,
    y,
    areas: ghostWindows(line, { x }, theme),
    markers: decisionMarkers(map, theme),
    marks: [
      ...flowLineMarks(line, { x, y }, theme),
      ...(off === undefined ? [] : [cornerNote(off, 'top-right', theme)]),
    ],
  }
}

function flowLine(map: FlowMap): FlowLine {
  const { grid, velocity, starts, paths, timeUnit } = map
  const [x, along] = [grid[0]!, velocity[0]!]
  const velocityAt = (at: number) => {
    const [cell, share] = cellOf(x, at)
    return (1 - share) * along[cell]! + share * along[cell + 1]!
  }
  const inside = shownPoints(map)
  const of = (kind: string) => inside.filter(point => point.kind === kind)
  return {
    x,
    velocity: along,
    starts: [...starts, ...paths.flatMap(({ places }) => places.slice(0, 1))].map(({ at }) => at[0]!),
    fixedPoints: of('fixed point').map(({ at, stable }) => ({ x: at[0]!, stable })),
    slow: of('slow').map(({ at }) => ({ x: at[0]!, velocity: velocityAt(at[0]!) })),
    ghosts: of('ghost').map(({ at, dwell, window }) => {
      const ends = window?.map(end => end[0]!).sort((a, b) => a - b)
      return {
        x: at[0]!,
        velocity: velocityAt(at[0]!),
        dwell: dwell === undefined ? '' : `${formatNumber(dwell, 2)} ${timeUnit}`,
        ...(ends === undefined ? {} : { window: [ends[0]!, ends[1]!] as const }),
      }
    }),
  }
}

/** A rule wherever the answer changes, with the answers on both sides. */
function decisionMarkers({ grid, decision }: FlowMap, { colours }: Theme): VerticalMarker[] {
  if (decision === undefined) return []
  const [x, { values, levels, answers }] = [grid[0]!, decision]
  return levels.flatMap((level, k) => {
    const crossings: VerticalMarker[] = []
    for (let i = 1; i < x.length; i++) {
      const [before, after] = [values[i - 1]! - level, values[i]! - level]
      if (before > 0 === after > 0) continue
      const at = x[i - 1]! + (before / (before - after)) * (x[i]! - x[i - 1]!)
      const [left, right] = after > 0 ? [answers[k], answers[k + 1]] : [answers[k + 1], answers[k]]
      crossings.push({ at, label: `${left} | ${right}`, colour: colours.optimum, dashed: true })
    }
    return crossings
  })
}

/** What the symbols of line maps stand for. */
export function lineLegend(maps: readonly FlowMap[], { colours }: Theme): LegendEntry[] {
  const lines = maps.map(flowLine)
  const fixed = lines.flatMap(({ fixedPoints }) => fixedPoints)
  const entries: (LegendEntry | false)[] = [
    lines.some(({ starts }) => starts.length > 0) && {
      label: 'start',
      symbol: 'triangle',
      colour: colours.measurement,
    },
    fixed.some(({ stable }) => stable) && { label: 'stable fixed point', symbol: 'dot', colour: colours.ink },
    fixed.some(({ stable }) => !stable) && {
      label: 'unstable fixed point',
      symbol: 'ring',
      colour: colours.ink,
    },
    lines.some(({ slow }) => slow?.length) && {
      label: 'slow point, no ghost',
      symbol: 'square',
      colour: colours.muted,
    },
    lines.some(({ ghosts }) => ghosts.length > 0) && {
      label: 'ghost, with its dwell time',
      symbol: 'diamond',
      colour: colours.ghost,
    },
    lines.some(({ ghosts }) => ghosts.some(({ window }) => window)) && {
      label: 'window of the ghost: half its passage',
      area: colours.ghostArea,
    },
  ]
  return entries.filter(entry => entry !== false)
}
