import { textWidth } from './svg.js'

/** A vertical rule with a label above the frame. */
export interface VerticalMarker {
  /** Place on the x axis. */
  readonly at: number
  readonly label: string
  readonly colour: string
  readonly dashed?: boolean
}

/** A marker whose label has found its place. Px from the panel's left edge; lane 0 is next to the frame. */
export interface PlacedMarker extends VerticalMarker {
  readonly x: number
  readonly left: number
  readonly right: number
  readonly lane: number
  readonly side: 'left' | 'centre' | 'right'
  /** How many lanes the rule passes: a centred label sits on its rule's end, a flag hangs beside it. */
  readonly reach: number
}

/** Lanes tried above the frame. */
const lanes = 4
/** Px between a rule and its flag, and between two labels. */
const [flagGap, labelGap] = [4, 8]
/** Px between rules that look like one. */
const nearRules = 12

/**
 * Places labels above a frame so that none overlaps another or is crossed by another's rule, as low and as
 * centred as can be. With few markers all arrangements are tried, so nothing depends on their order.
 *
 * @param markers each with its x in px
 * @param bounds px that labels must stay within
 */
export function placeMarkers(
  markers: readonly (VerticalMarker & { readonly x: number })[],
  bounds: readonly [number, number],
  fontSize: number,
): PlacedMarker[] {
  let [best, bestCost]: [PlacedMarker[], number] = [[], Infinity]
  const search = (placed: PlacedMarker[], cost: number): void => {
    if (cost >= bestCost) return
    const marker = markers[placed.length]
    if (marker === undefined) {
      best = placed
      bestCost = cost
      return
    }
    for (const { candidate, price } of candidatesFor(marker, bounds, fontSize)) {
      if (placed.every(other => !clash(candidate, other))) search([...placed, candidate], cost + price)
    }
  }
  search([], 0)
  return best.length === markers.length ? best : markers.map(marker => ownLane(marker, markers, fontSize))
}

function candidatesFor(
  marker: VerticalMarker & { readonly x: number },
  [low, high]: readonly [number, number],
  fontSize: number,
): { candidate: PlacedMarker; price: number }[] {
  const width = textWidth(marker.label, fontSize)
  const { x } = marker
  const found: { candidate: PlacedMarker; price: number }[] = []
  const places = [
    { side: 'centre', left: x - width / 2, sidePrice: 0 },
    { side: 'right', left: x + flagGap, sidePrice: 1 },
    { side: 'left', left: x - flagGap - width, sidePrice: 2 },
  ] as const
  for (let lane = 0; lane < lanes; lane++) {
    for (const { side, left, sidePrice } of places) {
      if (left < low || left + width > high) continue
      const reach = side === 'centre' ? lane : lane + 1
      const candidate = { ...marker, left, right: left + width, lane, side, reach }
      found.push({ candidate, price: sidePrice + 3 * lane })
    }
  }
  return found
}

function clash(a: PlacedMarker, b: PlacedMarker): boolean {
  const overlap = a.lane === b.lane && a.left < b.right + labelGap && b.left < a.right + labelGap
  return overlap || crosses(a, b) || crosses(b, a) || swapped(a, b)
}

/** Whether two rules that are hard to tell apart have their labels the wrong way round. */
function swapped(a: PlacedMarker, b: PlacedMarker): boolean {
  if (Math.abs(a.x - b.x) > nearRules) return false
  const rank = { left: 0, centre: 1, right: 2 }
  return (a.x - b.x) * (rank[a.side] - rank[b.side]) < 0
}

/** Whether the rule of `a` runs through the label of `b`. */
function crosses(a: PlacedMarker, b: PlacedMarker): boolean {
  return a.reach > b.lane && b.left - 2 < a.x && a.x < b.right + 2
}

/** The way out where no arrangement fits: every label a lane of its own, centred. */
function ownLane(
  marker: VerticalMarker & { readonly x: number },
  markers: readonly VerticalMarker[],
  fontSize: number,
): PlacedMarker {
  const width = textWidth(marker.label, fontSize)
  const lane = markers.indexOf(marker)
  const left = marker.x - width / 2
  return { ...marker, left, right: left + width, lane, side: 'centre', reach: lane }
}
