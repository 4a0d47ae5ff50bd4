import type { Place3D } from './data.js'

/**
 * The parallel projection of a view in three dimensions, the third component upwards. A view's elements carry their
 * places in `data-at`, `x,y,z` separated by `;`, and their view its angles, so that a page can turn it:
 * see report/turning.ts, which has the same formula.
 */

/** Angles in degrees: around the third component, and of the eye above the plane of the first two. */
export interface ViewAngles {
  readonly yaw: number
  readonly pitch: number
}

/** Oblique: no component points at the eye. */
export const defaultAngles: ViewAngles = { yaw: 35, pitch: 22 }

/** Where a place is seen, in units of the view, y downwards. */
export function projected([p1, p2, p3]: Place3D, { yaw, pitch }: ViewAngles): { x: number; y: number } {
  const [a, b] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180]
  const depth = p1 * Math.sin(a) + p2 * Math.cos(a)
  return { x: p1 * Math.cos(a) - p2 * Math.sin(a), y: -(p3 * Math.cos(b) + depth * Math.sin(b)) }
}

/** A place as `data-at` holds it: what is drawn and what is turned are then the same to the last digit. */
export function roundedPlace([p1, p2, p3]: Place3D): Place3D {
  const rounded = (value: number) => Number(value.toFixed(3))
  return [rounded(p1), rounded(p2), rounded(p3)]
}

/** Places as `data-at` holds them. */
export function placesText(places: readonly Place3D[]): string {
  return places.map(place => roundedPlace(place).join()).join(';')
}
