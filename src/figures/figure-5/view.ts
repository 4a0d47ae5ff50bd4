import { besidePoints } from '../flow-map/labels.js'
import { type SpeedScale, speedColour } from '../flow-map/speed.js'
import { symbolLegend, symbolOf } from '../flow-map/symbols.js'
import { drawSymbol } from '../legend.js'
import { classStyles } from '../memory/outputs.js'
import { formatCount, formatNumber, formatPercent } from '../numbers.js'
import type { Box } from '../panels.js'
import { element, type FigureContext } from '../svg.js'
import type { Place3D, StateView } from './data.js'
import { defaultAngles, placesText, projected, roundedPlace } from './projection.js'

export interface ViewOptions {
  readonly box: Box
  readonly scale: SpeedScale
  readonly letter: string | undefined
}

/** Px: the heading, the room around the states, the length of the tripod's axes. */
const [headHeight, inset, tripodLength] = [26, 22, 20] as const
/** Px: the corner of the tripod from the lower left of the frame. */
const corner = { x: 40, y: 24 } as const
/** Where the names of the tripod's axes stand, in lengths of an axis. */
const nameAt = [1.75, 1.95, 1.5] as const

const axes: readonly Place3D[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** A view of states in three components, seen obliquely; a page with the script of the report lets readers turn it. */
export function drawView(
  view: StateView,
  { box, scale, letter }: ViewOptions,
  context: FigureContext,
): SVGGElement {
  const { document, theme } = context
  const { fontSize, colours } = theme
  const radius = (Math.min(box.width, box.height - headHeight) - 2 * inset) / 2
  const [cx, cy] = [box.width / 2, headHeight + (box.height - headHeight) / 2]
  const text = (attributes: Record<string, string | number>, content: string) =>
    element(document, 'text', attributes, content)
  const heading = { y: 15, fill: colours.ink, 'font-weight': 600 }
  const small = { 'font-size': fontSize.tick, fill: colours.muted }
  return element(
    document,
    'g',
    {
      transform: `translate(${box.x},${box.y})`,
      'data-turn': `${defaultAngles.yaw},${defaultAngles.pitch}`,
    },
    ...(letter === undefined ? [] : [text({ ...heading, x: 12, 'font-size': fontSize.letter }, letter)]),
    text({ ...heading, x: 32, 'font-size': fontSize.title }, `Epoch ${formatCount(view.epoch)}`),
    element(document, 'rect', {
      x: 4,
      y: headHeight,
      width: box.width - 8,
      height: box.height - headHeight - 4,
      fill: colours.paper,
      stroke: colours.axis,
      'stroke-opacity': 0.35,
    }),
    element(
      document,
      'g',
      { transform: `translate(${cx},${cy})`, 'data-unit': radius.toFixed(1) },
      ...pathsOf(view, radius, scale, context),
      ...pointsOf(view, radius, context),
      ...dwellTimes(view, { radius, width: 2 * cx, height: box.height - headHeight }, context),
    ),
    element(
      document,
      'g',
      { transform: `translate(${corner.x},${box.height - corner.y})`, 'data-unit': tripodLength },
      ...axes.flatMap((_, k) => tripodAxis(k, context)),
    ),
    text(
      { ...small, x: box.width - 12, y: headHeight + 16, 'text-anchor': 'end' },
      `${view.shares.map(formatPercent).join(', ')} of variance`,
    ),
  )
}

function pathsOf(
  view: StateView,
  radius: number,
  scale: SpeedScale,
  { document, theme }: FigureContext,
): SVGElement[] {
  const names = [...new Set(view.paths.map(({ name }) => name))]
  const styles = classStyles(theme)
  const lines = view.paths.map(({ name, places }) => {
    const { stroke, strokeDasharray = 'none' } = styles[names.indexOf(name) % styles.length]!
    return element(document, 'path', {
      d: pathData(places, radius),
      'data-at': placesText(places),
      fill: 'none',
      stroke,
      'stroke-width': 1,
      'stroke-dasharray': strokeDasharray,
    })
  })
  const dots = view.paths.flatMap(({ places, speed }) =>
    places.map((place, i) =>
      element(document, 'circle', {
        r: 3,
        fill: speedColour(speed[i]!, scale),
        stroke: theme.colours.ink,
        'stroke-width': 0.5,
        ...placed(place, radius),
      }),
    ),
  )
  return [...lines, ...dots]
}

function pointsOf({ points }: StateView, radius: number, context: FigureContext): SVGElement[] {
  const { document, theme } = context
  const halos = points.map(({ at }) =>
    element(document, 'circle', { r: 7.5, fill: theme.colours.paper, ...placed(at, radius) }),
  )
  // Stable fixed points, the smallest symbols, last: no other hides one.
  const drawn = [...points].sort((a, b) => Number(isStable(a)) - Number(isStable(b)))
  const symbols = drawn.flatMap(point => {
    const [look] = symbolLegend(new Set([symbolOf(point, Number.POSITIVE_INFINITY)]), theme)
    if (look === undefined || !('symbol' in look)) return []
    return [
      element(document, 'g', placed(point.at, radius), drawSymbol(look.symbol, look.colour, context, 0)),
    ]
  })
  return [...halos, ...symbols]
}

const isStable = ({ kind, stable }: StateView['points'][number]) => kind === 'fixed point' && stable

/** Dwell times beside their ghosts, where they cover least of the states; legible on them when the view is turned. */
function dwellTimes(
  { points, paths }: StateView,
  { radius, width, height }: { readonly radius: number; readonly width: number; readonly height: number },
  { document, theme }: FigureContext,
): SVGElement[] {
  const { fontSize, colours } = theme
  // In px from the corner of the frame, in whose middle the states are.
  const pixel = (place: Place3D) => {
    const { x, y } = projected(roundedPlace(place), defaultAngles)
    return { x: width / 2 + x * radius, y: height / 2 + y * radius }
  }
  const ghosts = points.flatMap(({ at, dwell }) => (dwell === undefined ? [] : [{ at, dwell }]))
  const labels = ghosts.map(({ at, dwell }) => ({
    text: `${formatNumber(dwell, 2)} steps`,
    colour: colours.ghost,
    at: pixel(at),
  }))
  const obstacles = [
    ...[...paths.flatMap(({ places }) => places), ...points.map(({ at }) => at)].map(pixel),
    ...aroundTripod(height),
  ]
  const style = {
    'text-anchor': 'middle',
    'font-size': fontSize.tick,
    'font-weight': 600,
    stroke: colours.paper,
    'stroke-width': 3,
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  }
  return besidePoints(labels, { width, height }, obstacles, fontSize.tick).map(
    ({ text, colour, x, y }, i) => {
      const { at } = labels[i]!
      const beside = { x: (x - at.x).toFixed(1), y: (y - at.y + fontSize.tick / 3).toFixed(1) }
      return element(
        document,
        'text',
        { ...style, ...beside, fill: colour, ...placed(ghosts[i]!.at, radius) },
        text,
      )
    },
  )
}

/** Places on the tripod and the names of its axes, in px from the corner of the frame. */
function aroundTripod(height: number) {
  const steps = [-4, -3, -2, -1, 0, 1, 2, 3, 4]
  const middle = { x: corner.x, y: height - corner.y }
  return steps.flatMap(dx => steps.map(dy => ({ x: middle.x + 8 * dx, y: middle.y + 8 * dy })))
}

function tripodAxis(k: number, { document, theme }: FigureContext): SVGElement[] {
  const axis = axes[k]!
  const end: readonly Place3D[] = [[0, 0, 0], axis]
  const beyond: Place3D = [nameAt[0] * axis[0], nameAt[1] * axis[1], nameAt[2] * axis[2]]
  const line = {
    d: pathData(end, tripodLength),
    'data-at': placesText(end),
    stroke: theme.colours.axis,
    fill: 'none',
  }
  const label = {
    y: 4,
    'text-anchor': 'middle',
    'font-size': theme.fontSize.tick - 1,
    fill: theme.colours.muted,
  }
  return [
    element(document, 'path', line),
    element(document, 'text', { ...label, ...placed(beyond, tripodLength) }, `PC${k + 1}`),
  ]
}

function pathData(places: readonly Place3D[], unit: number): string {
  const pixels = places.map(place => projected(roundedPlace(place), defaultAngles))
  return `M${pixels.map(({ x, y }) => `${(x * unit).toFixed(1)},${(y * unit).toFixed(1)}`).join('L')}`
}

function placed(place: Place3D, unit: number) {
  const { x, y } = projected(roundedPlace(place), defaultAngles)
  return {
    transform: `translate(${(x * unit).toFixed(1)},${(y * unit).toFixed(1)})`,
    'data-at': placesText([place]),
  }
}

/** A view in words and numbers. */
export function describeView({ epoch, shares, points, far }: StateView): string {
  const found = points.map(({ kind, stable, speed, dwell }) =>
    [
      kind === 'fixed point'
        ? `${stable ? 'stable' : 'unstable'} fixed point`
        : `${kind} of speed ${formatNumber(speed)}`,
      ...(dwell === undefined ? [] : [`dwell ${formatNumber(dwell)} steps`]),
    ].join(', '),
  )
  return `Epoch ${formatCount(epoch)}, three components with ${shares.map(formatPercent).join(', ')} of the variance: ${found.join('; ') || 'no slow points'} near the states${far > 0 ? `, ${far} farther off` : ''}.`
}
