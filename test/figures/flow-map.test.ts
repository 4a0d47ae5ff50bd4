import { describe, expect, it } from 'vitest'
import { createFlow } from '../../src/dynamics/create-flow.js'
import { type FlowMapOptions, flowMap, type ShownPoint } from '../../src/dynamics/flow-map.js'
import { mapFrame, toPixel } from '../../src/figures/flow-map/frame.js'
import type { SpectrumPicture } from '../../src/figures/flow-map/spectrum.js'
import { speedScale } from '../../src/figures/flow-map/speed.js'
import { streamlets } from '../../src/figures/flow-map/streamlets.js'
import { componentNames, drawFlowMaps, type FlowMapsData, latentNames } from '../../src/figures/flow-map.js'
import { svgText } from '../../src/figures/svg.js'
import { darkSpeeds, lightSpeeds, printTheme } from '../../src/figures/theme.js'
import { onPage, onPaper } from './sample-data.js'
import { faultsOf, literalColours, textsOf } from './svg-checks.js'

const state = (...values: number[]) => Float64Array.from(values)

/** A slow point of a kind; a ghost's canonical form is that of x' = 0.04 + x². */
function point(kind: ShownPoint['kind'], position: Float64Array, index = 0): ShownPoint {
  const direction = position.map((_, i) => (i === 0 ? 1 : 0))
  const form = {
    centre: position,
    direction,
    covector: direction,
    r: 0.04,
    lambda: 0,
    a: 1,
    effectiveR: 0.04,
  }
  const rest = {
    scale: 0.04,
    dwellTime: Math.PI / 0.2,
    halfDistance: undefined,
    spectralGap: 1,
    dimension: 1,
  }
  const canonicalForm = kind === 'ghost' ? { ...form, ...rest } : undefined
  return {
    kind,
    position,
    speed: kind === 'fixed point' ? 0 : 0.04,
    stable: index === 0,
    index,
    canonicalForm,
  }
}

const saddleNode = (mu: number) =>
  createFlow({ dimension: 2, velocity: ([x, y]) => [mu + x! * x!, -y! + 0.4 * x!] })

const square: [number, number][] = [
  [-1, 1],
  [-1, 1],
]

/** One of every kind of symbol, where there is most to explain. */
const everyKind: readonly ShownPoint[] = [
  point('fixed point', state(-0.6, -0.6)),
  point('fixed point', state(0.6, -0.6), 1),
  point('fixed point', state(0.6, 0.6), 2),
  point('ghost', state(0, 0)),
  point('ghost', state(0, 0.4), 1),
  point('slow', state(-0.5, 0.5)),
]

const decision = { value: ([x]: Float64Array) => x!, levels: [0.2], answers: ['0', '1'] }

function planes(options: FlowMapOptions = {}): FlowMapsData {
  const map = flowMap(saddleNode(0.04), { extent: square, gridPoints: 41, ...options })
  return { id: 'map', title: 'A map', coordinates: ['x', 'y'], maps: [{ title: 'μ = 0.04', map }] }
}

const everything = () =>
  planes({
    slowPoints: everyKind,
    paths: [
      { states: [state(-0.9, 0.9), state(-0.5, 0.3), state(0, 0.1)], name: 'cue +1' },
      { states: [state(-0.9, -0.9), state(-0.5, -0.3)], name: 'cue −1' },
    ],
    decision,
  })

const line = (): FlowMapsData => {
  const flow = createFlow({ dimension: 1, velocity: ([x]) => [0.04 + x! * x!], step: 0.5 })
  const slowPoints = [
    point('ghost', state(0)),
    point('fixed point', state(0.8), 1),
    point('slow', state(-0.8)),
  ]
  const starts = [state(-0.7)]
  const map = flowMap(flow, { extent: [[-1, 1]], slowPoints, starts, decision })
  return { id: 'line', title: 'A line', coordinates: latentNames(1), maps: [{ title: 'epoch 5', map }] }
}

const spectrum = (step: number | undefined): SpectrumPicture => ({
  title: 'at the ghost',
  real: state(0, -0.5, -0.5, -4.5),
  imaginary: state(0, 2, -2, 0),
  step,
})

const drawn = (data: FlowMapsData) => drawFlowMaps(data, onPaper())

describe('a figure of a plane map', () => {
  it('is a sound image with labelled axes and a bar of speeds', () => {
    const svg = drawn(everything())
    expect(faultsOf(svgText(svg))).toEqual([])
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['x', 'y', 'speed ‖F‖ (state per time unit)']))
  })

  it('explains every kind of symbol, path and line that is there, and none that is not', () => {
    const symbols = ['stable fixed point', 'saddle', 'unstable fixed point', 'ghost, with its dwell time']
    const others = ['ghost that repels to its sides', 'slow point, no ghost']
    const lines = ['cue +1', 'cue −1', 'start', 'the answer changes']
    const all = [...symbols, ...others, ...lines]
    expect(textsOf(drawn(everything()))).toEqual(expect.arrayContaining(all))
    const bare = textsOf(drawn(planes()))
    for (const label of all) expect(bare).not.toContain(label)
    const labels = [...symbols, ...others]
    for (const odd of [0, 1]) {
      const some = everyKind.filter((_, i) => i % 2 === odd)
      const texts = textsOf(drawn(planes({ slowPoints: some })))
      expect(all.filter(label => texts.includes(label))).toEqual(labels.filter((_, i) => i % 2 === odd))
    }
  })

  it('draws the border between answers where the decision has its level', () => {
    const circle = {
      value: ([x, y]: Float64Array) => Math.hypot(x! - 0.3, y! - 0.2),
      levels: [0.4],
      answers: ['in', 'out'],
    }
    const svg = drawn(planes({ decision: circle, gridPoints: 81 }))
    const border = svg.querySelector('[aria-label="contour"] g[stroke-dasharray="6 3"] path')
    const numbers = (border?.getAttribute('d') ?? '').match(/-?[\d.]+/g)!.map(Number)
    const seen = []
    for (let i = 0; i < numbers.length; i += 2) {
      const [x, y] = [(2 * (numbers[i]! - 62)) / 470 - 1, 1 - (2 * (numbers[i + 1]! - 34)) / 470]
      // What lies beyond the frame is cut off.
      if (Math.max(Math.abs(x), Math.abs(y)) < 1.02) seen.push(Math.hypot(x - 0.3, y - 0.2))
    }
    expect(seen.length).toBeGreaterThan(100)
    for (const radius of seen) expect(Math.abs(radius - 0.4)).toBeLessThan(1e-3)
  })

  it('writes the dwell time beside a ghost and the answers into their regions', () => {
    // π/√0.04 = 15.7 time units.
    expect(textsOf(drawn(everything()))).toEqual(
      expect.arrayContaining(['16 time units', 'answer 0', 'answer 1']),
    )
  })

  it('leaves out points beyond its frame, from the legend too, but not from the description', () => {
    const svg = drawn(planes({ slowPoints: [point('ghost', state(3, 0))] }))
    expect(textsOf(svg).join()).not.toMatch(/ghost|16 time units/)
    expect(svg.querySelector('desc')?.textContent).toContain('Ghost at (3, 0), outside the frame, dwell 15.7')
  })

  it('says how far a point lies off a section, and how much of the velocity leaves it', () => {
    // Everywhere a third of the squared velocity is along z: √(1/3) of it leaves the plane.
    const flow = createFlow({ dimension: 3, velocity: () => [1, 1, 1] })
    const section = { centre: state(0, 0, 0), axes: [state(1, 0, 0), state(0, 1, 0)] }
    const map = flowMap(flow, { section, extent: square, slowPoints: [point('ghost', state(0.1, 0.2, 0.7))] })
    const svg = drawn({ ...planes(), maps: [{ title: 'section', map }] })
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['mean velocity off plane 58%', '16 time units, 0.7 off plane']),
    )
  })

  it('draws nothing outside its frame', () => {
    const svg = drawn(everything())
    // The frame of the only panel: 62 px from the left and 34 px from the top, 470 px wide and high.
    const inside = (x: number, y: number) => x >= 62 && x <= 532 && y >= 34 && y <= 504
    const streams = [...svg.querySelectorAll('g[stroke-opacity="0.55"] path')]
    expect(streams.length).toBeGreaterThan(50)
    for (const path of streams) {
      const numbers = (path.getAttribute('d') ?? '').match(/-?[\d.]+/g)!.map(Number)
      for (let i = 0; i < numbers.length; i += 2) expect(inside(numbers[i]!, numbers[i + 1]!)).toBe(true)
    }
    const unclipped = [...svg.querySelectorAll('g')].filter(
      group => group.getAttribute('aria-label') === 'contour' && !group.getAttribute('clip-path'),
    )
    expect(unclipped).toEqual([])
  })

  it('is the same, byte for byte, for the same data', () => {
    expect(svgText(drawn(everything()))).toBe(svgText(drawn(everything())))
  })

  it('has no colour of its own on a page', () => {
    const svg = drawFlowMaps({ ...everything(), spectra: [spectrum(0.5)] }, onPage())
    expect(literalColours(svgText(svg))).toEqual([])
  })

  it('is drawn of a flow that is equally fast everywhere, and of one that stands still at a grid point', () => {
    for (const velocity of [() => [1, 0], ([x, y]: Float64Array) => [x!, y!]]) {
      const map = flowMap(createFlow({ dimension: 2, velocity }), { extent: square, gridPoints: 21 })
      expect(faultsOf(svgText(drawn({ ...planes(), maps: [{ title: '', map }] })))).toEqual([])
    }
  })

  it.each([1, 4, 5])('has a letter and a place of its own for each of %i maps', count => {
    const data = planes()
    const svg = drawn({ ...data, maps: Array.from({ length: count }, () => data.maps[0]!) })
    const letters = ['a', 'b', 'c', 'd', 'e'].filter(letter => textsOf(svg).includes(letter))
    expect(letters.length).toBe(count === 1 ? 0 : count)
    const places = [...svg.children].map(child => child.getAttribute('transform')).filter(Boolean)
    expect(new Set(places).size).toBe(places.length)
  })
})

describe('a figure of a line map', () => {
  it('is a sound image with its symbols explained, the dwell time and the answers on both sides', () => {
    const svg = drawn(line())
    expect(faultsOf(svgText(svg))).toEqual([])
    const labels = ['start', 'unstable fixed point', 'slow point, no ghost', 'ghost, with its dwell time']
    const window = 'window of the ghost: half its passage'
    // π/√0.04 in steps of 0.5.
    expect(textsOf(svg)).toEqual(expect.arrayContaining([...labels, window, '31 steps', '0 | 1', 'κ', 'κ′']))
    expect(textsOf(svg)).not.toContain('stable fixed point')
  })

  it('shades the window of the ghost, √(r/a) to each side', () => {
    const shade = [
      ...drawn(line()).querySelectorAll(
        `g[fill="${printTheme.colours.ghostArea}"] rect, rect[fill="${printTheme.colours.ghostArea}"]`,
      ),
    ]
    // −0.2 to 0.2 of −1 to 1, on 470 px; the other is the legend's sign.
    const widths = shade.map(rect => Number(rect.getAttribute('width')))
    expect(widths).toContainEqual(expect.closeTo(0.2 * 470, 6))
  })

  it('has no colour of its own on a page', () => {
    expect(literalColours(svgText(drawFlowMaps(line(), onPage())))).toEqual([])
  })
})

describe('a spectrum', () => {
  it('has the line Re λ = 0 as its border in time, and the circle in steps', () => {
    const texts = (step: number | undefined) => textsOf(drawn({ ...planes(), spectra: [spectrum(step)] }))
    expect(texts(undefined)).toContain('Re λ = 0')
    expect(texts(undefined)).not.toContain('|1 + step·λ| = 1')
    expect(texts(0.5)).toContain('|1 + step·λ| = 1')
  })

  it('tells which eigenvalues shrink: in steps of 0.5, −4.5 and −0.5 ± 2i do not', () => {
    const words = (step: number | undefined) =>
      drawn({ ...planes(), spectra: [spectrum(step)] }).querySelector('desc')?.textContent
    expect(words(undefined)).toContain('at the ghost: 4 eigenvalues, 3 shrink, 0 grow, 1 on the border')
    // |1 − 2.25| = 1.25 and |0.75 ± i| = 1.25.
    expect(words(0.5)).toContain('at the ghost: 4 eigenvalues, 0 shrink, 3 grow, 1 on the border')
  })
})

describe('streamlets', () => {
  it('run along the flow: round circles for a rotation', () => {
    const map = flowMap(createFlow({ dimension: 2, velocity: ([x, y]) => [-y!, x!] }), { extent: square })
    const frame = mapFrame(map, { width: 400, height: 400 })
    const centre = toPixel(frame, [0, 0])
    const drawn = streamlets(map, frame)
    expect(drawn.length).toBeGreaterThan(80)
    for (const streamlet of drawn) {
      const radii = streamlet.map(({ x, y }) => Math.hypot(x - centre.x, y - centre.y))
      expect(Math.max(...radii) - Math.min(...radii)).toBeLessThan(0.5)
      // Counter-clockwise, with y downwards in px.
      const [first, second] = [streamlet[0]!, streamlet[1]!]
      const turn = (first.x - centre.x) * (second.y - centre.y) - (first.y - centre.y) * (second.x - centre.x)
      expect(turn).toBeLessThan(0)
    }
  })

  it('keep apart from one another and from what they are to avoid', () => {
    const map = flowMap(saddleNode(-0.2), { extent: square })
    const avoided = { at: { x: 120, y: 120 }, by: 50 }
    const drawn = streamlets(map, mapFrame(map, { width: 250, height: 250 }), [avoided])
    for (const [i, streamlet] of drawn.entries()) {
      for (const { x, y } of streamlet) {
        expect(Math.hypot(x - 120, y - 120)).toBeGreaterThan(50)
        const near = drawn.slice(i + 1).some(other => other.some(at => Math.hypot(at.x - x, at.y - y) < 13))
        expect(near).toBe(false)
      }
    }
  })
})

describe('the scale of speeds', () => {
  it('has bands of equal ratio from slowest to fastest, over at most a hundredfold', () => {
    const map = flowMap(createFlow({ dimension: 1, velocity: ([x]) => [10 ** x!] }), { extent: [[-1, 0]] })
    const { edges } = speedScale([map], printTheme)
    expect(edges[0]).toBeCloseTo(0.1, 12)
    expect(edges.at(-1)).toBeCloseTo(1, 12)
    for (let i = 2; i < edges.length; i++) {
      expect(edges[i]! / edges[i - 1]!).toBeCloseTo(edges[1]! / edges[0]!, 10)
    }
    const wide = flowMap(createFlow({ dimension: 1, velocity: ([x]) => [10 ** x!] }), { extent: [[-5, 0]] })
    expect(speedScale([wide], printTheme).edges[0]).toBeCloseTo(0.01, 12)
  })

  it.each([
    ['light', lightSpeeds, 1],
    ['dark', darkSpeeds, -1],
  ])('goes evenly from dark to light on a %s page, or the other way', (_, speeds, sense) => {
    // L of CIELAB, of the luminance of sRGB.
    const lightness = speeds.map(colour => {
      const [r, g, b] = [1, 3, 5].map(at => (Number.parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2)
      return 116 * Math.cbrt(0.2126 * r! + 0.7152 * g! + 0.0722 * b!) - 16
    })
    const steps = lightness.slice(1).map((value, i) => sense * (value - lightness[i]!))
    const mean = steps.reduce((sum, value) => sum + value, 0) / steps.length
    for (const step of steps) expect(Math.abs(step - mean)).toBeLessThan(0.45 * mean)
  })
})

it('names coordinates by latent variable, or by component with its share', () => {
  expect(latentNames(1)).toEqual(['κ'])
  expect(latentNames(12).slice(9)).toEqual(['κ₁₀', 'κ₁₁', 'κ₁₂'])
  expect(componentNames([0.574, 0.1])).toEqual(['PC 1 (57%)', 'PC 2 (10%)'])
})

it('a figure refuses to be empty, to mix lines and planes, and coordinates without a name', () => {
  const data = planes()
  expect(() => drawn({ ...data, maps: [] })).toThrow('there is nothing to draw')
  expect(() => drawn({ ...data, maps: [...data.maps, ...line().maps] })).toThrow('need a figure each')
  expect(() => drawn({ ...data, coordinates: ['x'] })).toThrow('maps of 2 axes need 2 names, got 1')
})
