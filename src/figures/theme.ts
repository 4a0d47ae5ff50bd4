/**
 * One look for every figure. A colour has one meaning, wherever it appears, and every line has a second cue
 * (dash, symbol or a label beside it), so that no figure depends on colour alone. The hues are those of
 * Okabe and Ito's colour-blind-safe set, darkened (lightened on a dark page) until text in any of them has
 * a contrast of 4.5 : 1 and lines one of 3 : 1 to the paper.
 */
export interface Palette {
  /** Background. */
  readonly paper: string
  /** Text, flows and fixed points. */
  readonly ink: string
  /** Secondary text: axis labels, ticks, captions. */
  readonly muted: string
  /** Axis lines and zero lines. */
  readonly axis: string
  /** Area of the no-learning zone. */
  readonly zone: string
  /** Area of the epochs at which there is a ghost. */
  readonly ghostArea: string
  /** Ghosts and what is measured of them. */
  readonly ghost: string
  /** The optimum r*, and what succeeds. */
  readonly optimum: string
  /** Predictions in closed form. */
  readonly theory: string
  /** Measured or simulated values; the loss. */
  readonly measurement: string
  /** A second measured value beside the first: the gradient, a lower confidence. */
  readonly secondary: string
  /** Learning that is lost: collapses, critical rates. */
  readonly lost: string
  /** An ordered series of five, first to last. */
  readonly series1: string
  readonly series2: string
  readonly series3: string
  readonly series4: string
  readonly series5: string
}

/** What every figure is drawn with. Sizes and widths in px. */
export interface Theme {
  readonly fontFamily: string
  readonly fontSize: {
    readonly tick: number
    readonly label: number
    readonly title: number
    readonly letter: number
  }
  readonly lineWidth: { readonly axis: number; readonly thin: number; readonly data: number }
  readonly colours: Palette
  /** Speeds in bands from slow to fast, evenly spaced in lightness: fast is nearly the paper, slow stands out. */
  readonly speeds: readonly string[]
}

/** Colours on white paper. */
export const lightColours: Palette = {
  paper: '#ffffff',
  ink: '#1b1f27',
  muted: '#566070',
  axis: '#838c9b',
  zone: '#f0ebe1',
  ghostArea: '#f9e9f3',
  ghost: '#a3307c',
  optimum: '#0b7a5d',
  theory: '#1b1f27',
  measurement: '#1d6fb8',
  secondary: '#996100',
  lost: '#c43d12',
  series1: '#5597d3',
  series2: '#2f7bbf',
  series3: '#1e5d9c',
  series4: '#144276',
  series5: '#0a284d',
}

/** Colours on a dark page. */
export const darkColours: Palette = {
  paper: '#14171d',
  ink: '#e9ecf2',
  muted: '#a9b2c1',
  axis: '#768193',
  zone: '#2b2720',
  ghostArea: '#35212e',
  ghost: '#ee86c5',
  optimum: '#4fc79d',
  theory: '#e9ecf2',
  measurement: '#6db3f2',
  secondary: '#e3a94b',
  lost: '#ff8a5c',
  series1: '#4b7fb2',
  series2: '#6598c9',
  series3: '#86b5e0',
  series4: '#afd2f2',
  series5: '#deeefd',
}

/** Speeds on white paper: OKLCh (0.56, 0.075, 262°) to (0.77, 0.065, 215°) to (0.98, 0.022, 100°). */
export const lightSpeeds: readonly string[] = [
  '#5c75a1',
  '#6182ab',
  '#6690b4',
  '#6c9ebc',
  '#74abc4',
  '#7eb9cb',
  '#8bc6cd',
  '#a0d2ca',
  '#b9ddca',
  '#d2e6cf',
  '#e8efd9',
  '#fcf9e9',
]

/** Speeds on a dark page: OKLCh (0.62, 0.075, 205°) to (0.43, 0.07, 235°) to (0.24, 0.03, 270°). */
export const darkSpeeds: readonly string[] = [
  '#49939c',
  '#408895',
  '#387d8d',
  '#317185',
  '#2b667d',
  '#255b75',
  '#24506b',
  '#25455f',
  '#243b53',
  '#213146',
  '#1e273a',
  '#1a1f2e',
]

const roles = Object.keys(lightColours) as readonly (keyof Palette)[]

const customProperty = (role: keyof Palette) => `--gp-${role.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)}`

const speedProperty = (band: number) => `--gp-speed-${band + 1}`

const sizes = {
  fontFamily: 'Inter, system-ui, sans-serif',
  fontSize: { tick: 12, label: 13, title: 14, letter: 16 },
  lineWidth: { axis: 1, thin: 1.25, data: 1.75 },
} as const

/** Literal light colours on white, for SVG and PNG files: their readers know no custom properties. */
export const printTheme: Theme = { ...sizes, colours: lightColours, speeds: lightSpeeds }

/**
 * Every colour a CSS custom property with the light colour to fall back on, for figures inside a page that
 * carries {@link pageThemeCss}.
 */
export const pageTheme: Theme = {
  ...sizes,
  colours: mapPalette(role => `var(${customProperty(role)}, ${lightColours[role]})`),
  speeds: lightSpeeds.map((colour, i) => `var(${speedProperty(i)}, ${colour})`),
}

/** The custom properties of {@link pageTheme}: light, and dark for readers who prefer it. */
export const pageThemeCss = `:root {
  color-scheme: light dark;
${declarations(lightColours, lightSpeeds, '  ')}
}
@media (prefers-color-scheme: dark) {
  :root {
${declarations(darkColours, darkSpeeds, '    ')}
  }
}
`

function mapPalette(colourOf: (role: keyof Palette) => string): Palette {
  return Object.fromEntries(roles.map(role => [role, colourOf(role)])) as Record<keyof Palette, string>
}

function declarations(palette: Palette, speeds: readonly string[], indent: string): string {
  const properties = [
    ...roles.map(role => [customProperty(role), palette[role]]),
    ...speeds.map((colour, i) => [speedProperty(i), colour]),
  ]
  return properties.map(([name, colour]) => `${indent}${name}: ${colour};`).join('\n')
}
