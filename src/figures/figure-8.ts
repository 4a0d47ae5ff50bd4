import type { Figure8Data } from './figure-8/data.js'
import type { FigureContext } from './svg.js'
export function drawFigure8(_: Figure8Data, __: FigureContext): SVGSVGElement { throw new Error('todo') }
