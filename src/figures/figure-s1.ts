import type { FigureContext } from './svg.js'
export interface FigureS1Data {
  readonly looks: readonly {
    readonly delay: number
    readonly observed: number
    readonly window: number
    readonly full: number
  }[]
  readonly fit:
    | { readonly slope: number; readonly intercept: number; readonly rSquared: number }
    | undefined
  readonly rates: {
    readonly ratio: Float64Array
    readonly measured: Float64Array
    readonly predicted: Float64Array
    readonly shortResponse: Float64Array
  }
}
export function drawFigureS1(_: FigureS1Data, __: FigureContext): SVGSVGElement { throw new Error('todo') }
