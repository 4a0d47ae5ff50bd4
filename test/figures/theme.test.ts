import { describe, expect, it } from 'vitest'
import {
  darkColours,
  darkSpeeds,
  lightColours,
  lightSpeeds,
  type Palette,
  pageTheme,
  pageThemeCss,
} from '../../src/figures/theme.js'

const areas: readonly (keyof Palette)[] = ['paper', 'zone', 'ghostArea']
/** Colours that no text is written in. */
const linesOnly: readonly (keyof Palette)[] = ['axis', 'series1', 'series2', 'series3', 'series4', 'series5']
const roles = Object.keys(lightColours) as (keyof Palette)[]
const texts = roles.filter(role => !areas.includes(role) && !linesOnly.includes(role))

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light! + 0.05) / (dark! + 0.05)
}

describe.each([
  ['light', lightColours],
  ['dark', darkColours],
])('the %s palette', (_, palette) => {
  it.each(texts)('writes in %s with a contrast of 4.5 to the paper', role => {
    expect(contrast(palette[role], palette.paper)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(linesOnly)('draws in %s with a contrast of 3 to the paper', role => {
    expect(contrast(palette[role], palette.paper)).toBeGreaterThanOrEqual(3)
  })

  it('names its zone with a contrast of 4.5 to the zone', () => {
    expect(contrast(palette.muted, palette.zone)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['ghost', 'measurement', 'secondary'] as const)(
    'draws %s with a contrast of 3 to the area of a ghost',
    role => {
      expect(contrast(palette[role], palette.ghostArea)).toBeGreaterThanOrEqual(3)
    },
  )
})

it('the page theme takes every colour from a custom property that the page sets for light and dark', () => {
  for (const role of roles) {
    const [, name, fallback] =
      /^var\((--gp-[a-z0-9-]+), (#[0-9a-f]{6})\)$/.exec(pageTheme.colours[role]) ?? []
    expect(fallback, role).toBe(lightColours[role])
    expect(pageThemeCss).toContain(`${name}: ${lightColours[role]};`)
    expect(pageThemeCss).toContain(`${name}: ${darkColours[role]};`)
  }
})

it('the page theme takes every speed from a custom property that the page sets for light and dark', () => {
  expect(pageTheme.speeds.length).toBe(darkSpeeds.length)
  for (const [i, colour] of pageTheme.speeds.entries()) {
    const [, name, fallback] = /^var\((--gp-speed-\d+), (#[0-9a-f]{6})\)$/.exec(colour) ?? []
    expect(fallback).toBe(lightSpeeds[i])
    expect(pageThemeCss).toContain(`${name}: ${lightSpeeds[i]};`)
    expect(pageThemeCss).toContain(`${name}: ${darkSpeeds[i]};`)
  }
})
