import type { BarePanel } from '../../src/figures/panels.js'
import type { Theme } from '../../src/figures/theme.js'

/** What a picture shows, in three forms: drawn, in a sentence, and as a table. */
export interface PictureSpec {
  /** Axes and marks, with the theme's colours, for a picture of so many px. */
  readonly panel: (theme: Theme, size: PictureSize) => BarePanel
  /** What is seen, in words and numbers, for those who cannot see it. */
  readonly summary: string
  /** The numbers that are drawn; made only when asked for. */
  readonly table: () => Table
}

/** Px of a whole picture. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (number | string)[])[]
}

/**
 * What moves over a picture without drawing it anew: a rule at x, or a sign at (x, y), in the units of the axes.
 */
export interface MovingMark {
  readonly kind: 'rule' | 'dot' | 'ring' | 'triangle' | 'diamond' | 'halo'
  readonly x: number
  /** Of a rule nothing. */
  readonly y?: number
  /** A role of the palette, e.g. `measurement`. */
  readonly colour: keyof Theme['colours']
  /** Of a sign, 1 unless given. */
  readonly opacity?: number
}

/** What goes into exported files beside the numbers. */
export interface Provenance {
  readonly room: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly version: string
  readonly link: string
}
