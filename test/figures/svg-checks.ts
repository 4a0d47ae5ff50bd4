import { Resvg } from '@resvg/resvg-js'

/** What is wrong with the text of an SVG file; nothing if it is sound. */
export function faultsOf(svg: string): string[] {
  const faults: string[] = []
  try {
    new Resvg(svg, { font: { loadSystemFonts: false } })
  } catch (error) {
    faults.push(`not well-formed: ${error}`)
  }
  for (const word of ['NaN', 'Infinity', '[object']) if (svg.includes(word)) faults.push(`has ${word}`)
  const ids = [...svg.matchAll(/\sid="([^"]*)"/g)].map(match => match[1]!)
  if (new Set(ids).size < ids.length) faults.push('an id stands twice')
  for (const [, target] of svg.matchAll(/url\(#([^)]*)\)/g)) {
    if (!ids.includes(target!)) faults.push(`nothing has the id ${target}`)
  }
  if (svg.includes('<style')) faults.push('a style sheet leaks into the page')
  return faults
}

/** The visible texts of an SVG, title and description left out. */
export function textsOf(svg: SVGSVGElement): string[] {
  return [...svg.querySelectorAll('text')].map(text => text.textContent ?? '')
}

/** Colours written out in an SVG, outside the fallbacks of custom properties. */
export function literalColours(svg: string): string[] {
  const drawn = svg
    .replace(/<(title|desc)[^>]*>.*?<\/\1>/gs, '')
    .replace(/var\(--[\w-]+, #[0-9a-f]{6}\)/g, '')
  const colours = /"(#[0-9a-f]{3,8}|rgba?\([^"]*|hsla?\([^"]*|white|black|gr[ae]y|red|blue|currentColor)"/gi
  return [...drawn.matchAll(colours)].map(match => match[1]!)
}
