import * as Plot from '@observablehq/plot'
import type { Axis } from '../axis.js'
import type { LegendEntry } from '../legend.js'
import { curve, type LineStyle, verticalRule } from '../marks.js'
import { formatNumber } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'

/** The eigenvalues of a Jacobian, in units of 1/time. */
export interface SpectrumPicture {
  readonly title: string
  readonly real: Float64Array
  readonly imaginary: Float64Array
  /** Of a flow in steps, whose border of stability is the circle |1 + step·λ| = 1; else the line Re λ = 0. */
  readonly step: number | undefined
}

/** Share of what is seen that is left free on every side. */
const margin = 0.1

const borderStyle = ({ colours, lineWidth }: Theme): LineStyle => ({
  stroke: colours.lost,
  strokeWidth: lineWidth.thin,
})
const lineStyle = ({ colours, lineWidth }: Theme): LineStyle => ({
  stroke: colours.axis,
  strokeWidth: lineWidth.thin,
  strokeDasharray: '4 3',
})

/** Eigenvalues in the complex plane, one unit as long on both axes of a square frame, with the border of stability. */
export function spectrumPanel(picture: SpectrumPicture, theme: Theme): BarePanel {
  const { title, real, imaginary, step } = picture
  const { x, y } = squareAxes(real, imaginary)
  const { colours } = theme
  const marks = (wanted: Fate, look: Plot.DotOptions) => {
    const values = Array.from(real, (re, i) => ({ re, im: imaginary[i]! }))
    const chosen = values.filter((_, i) => fateOf(picture, i) === wanted)
    return Plot.dot(chosen, { x: 're', y: 'im', r: 4, clip: true, strokeWidth: 1.5, ...look })
  }
  return {
    title,
    x,
    y,
    marks: [
      Plot.ruleY([0], { stroke: colours.axis, strokeOpacity: 0.4, clip: true }),
      verticalRule(0, step === undefined ? borderStyle(theme) : lineStyle(theme)),
      ...(step === undefined ? [] : unitCircle(step, { x, y }, theme)),
      marks('shrinks', { fill: colours.ink, stroke: colours.paper, strokeWidth: 0.75 }),
      marks('grows', { fill: colours.paper, stroke: colours.lost }),
      marks('neither', {
        symbol: 'diamond',
        r: 6,
        fill: colours.ghost,
        stroke: colours.paper,
        strokeWidth: 1,
      }),
    ],
  }
}

/** What becomes of an eigenvalue's direction. */
export type Fate = 'shrinks' | 'grows' | 'neither'

/** How near the border of stability, relative to the largest eigenvalue, counts as on it. */
const onBorder = 1e-6

/** Whether an eigenvalue's direction shrinks or grows in the flow's own time. */
export function fateOf({ real, imaginary, step }: SpectrumPicture, i: number): Fate {
  const [re, im] = [real[i]!, imaginary[i]!]
  const beyond = step === undefined ? re : (Math.hypot(1 + step * re, step * im) - 1) / step
  const largest = extent([0], real.map(Math.abs), imaginary.map(Math.abs))[1]
  if (Math.abs(beyond) <= onBorder * largest) return 'neither'
  return beyond > 0 ? 'grows' : 'shrinks'
}

/** |1 + step·λ| = 1: the circle around −1/step through 0. */
function unitCircle(step: number, axes: { x: Axis; y: Axis }, theme: Theme): Plot.Markish[] {
  const angle = Float64Array.from({ length: 181 }, (_, i) => (Math.PI * i) / 180)
  // Both halves run to the left, so that x ascends as curves need it.
  const x = angle.map(a => -(1 + Math.cos(a)) / step)
  return [1, -1].map(side =>
    curve(
      x,
      angle.map(a => (side * Math.sin(a)) / step),
      axes,
      borderStyle(theme),
    ),
  )
}

/** From every eigenvalue to 0, as high as wide. */
function squareAxes(real: Float64Array, imaginary: Float64Array): { x: Axis; y: Axis } {
  const [left, right] = extent([0], real)
  const highest = extent(imaginary.map(Math.abs))[1]
  const half = (1 + 2 * margin) * (Math.max(right - left, 2 * highest) / 2 || 1)
  const middle = (left + right) / 2
  const ticks = { ticks: 5, format: formatNumber } as const
  return {
    x: { domain: [middle - half, middle + half], label: 'Re λ', ...ticks },
    y: { domain: [-half, half], label: 'Im λ', ...ticks },
  }
}

/** What is drawn in spectra. */
export function spectrumLegend(pictures: readonly SpectrumPicture[], theme: Theme): LegendEntry[] {
  const { colours } = theme
  const any = (fate: Fate) =>
    pictures.some(picture => picture.real.some((_, i) => fateOf(picture, i) === fate))
  const inSteps = pictures.some(({ step }) => step !== undefined)
  const inTime = pictures.some(({ step }) => step === undefined)
  const entries: (LegendEntry | false)[] = [
    any('shrinks') && { label: 'eigenvalue that shrinks', symbol: 'dot', colour: colours.ink },
    any('grows') && { label: 'eigenvalue that grows', symbol: 'ring', colour: colours.lost },
    any('neither') && { label: 'eigenvalue on the border', symbol: 'diamond', colour: colours.ghost },
    inTime && { label: 'Re λ = 0', line: borderStyle(theme) },
    inSteps && { label: '|1 + step·λ| = 1', line: borderStyle(theme) },
    inSteps && { label: 'Re λ = 0', line: lineStyle(theme) },
  ]
  return entries.filter(entry => entry !== false)
}
