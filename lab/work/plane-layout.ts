import type { FlowMap } from '../../src/dynamics/flow-map.js'
import { type MapFrame, mapFrame, type Pixel } from '../../src/figures/flow-map/frame.js'
import { placeOnPlane } from '../../src/figures/flow-map/placement.js'
import { streamlets } from '../../src/figures/flow-map/streamlets.js'

/**
 * Where everything of a plane map lies in a frame of some size: what takes a picture's time, done in a worker. The
 * figures of the paper place things the same way.
 */

export interface FrameSize {
  readonly width: number
  readonly height: number
}

export interface PlaneLayout {
  readonly size: FrameSize
  /** Paths in px from the frame's corner: stretches of the flow, and their heads. */
  readonly streamlets: { readonly lines: string; readonly heads: string }
  readonly labels: readonly LayoutLabel[]
}

export interface LayoutLabel extends Pixel {
  readonly text: string
  readonly colour: LabelColour
}

export type LabelColour = 'ghost' | 'ink' | 'optimum'

const fontSize = 12
/** Roles of the palette: the worker knows no theme. */
const colours: Record<'ghost' | 'ink' | 'answer', LabelColour> = {
  ghost: 'ghost',
  ink: 'ink',
  answer: 'optimum',
}
/** Px of an arrow head, from its middle. */
const [headLength, headWidth] = [4, 2.6]

/** Lays out a plane map: its streamlets, the dwell times of its ghosts, and the answers in their regions. */
export function layOutPlane(map: FlowMap, size: FrameSize): PlaneLayout {
  const frame = mapFrame(map, size)
  const { notes, answers, taken } = placeOnPlane(map, frame, { fontSize, colours })
  return {
    size,
    streamlets: streamletPaths(map, frame, taken),
    labels: [...notes, ...answers].map(({ text, colour, x, y }) => ({
      text,
      colour: colour as LabelColour,
      x,
      y,
    })),
  }
}

function streamletPaths(
  map: FlowMap,
  frame: MapFrame,
  avoid: readonly { readonly at: Pixel; readonly by: number }[],
): PlaneLayout['streamlets'] {
  const drawn = streamlets(map, frame, avoid)
  const text = ({ x, y }: Pixel) => `${x.toFixed(1)},${y.toFixed(1)}`
  return {
    lines: drawn.map(streamlet => `M${streamlet.map(text).join('L')}`).join(''),
    heads: drawn
      .map(streamlet => {
        const [before, tip] = [streamlet.at(-3)!, streamlet.at(-1)!]
        const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1
        const [ux, uy] = [(tip.x - before.x) / length, (tip.y - before.y) / length]
        const at = (along: number, aside: number): Pixel => ({
          x: tip.x + along * ux - aside * uy,
          y: tip.y + along * uy + aside * ux,
        })
        const corners = [
          at(headLength / 2, 0),
          at(-headLength / 2, headWidth),
          at(-headLength / 2, -headWidth),
        ]
        return `M${corners.map(text).join('L')}Z`
      })
      .join(''),
  }
}
