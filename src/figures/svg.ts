import type { Theme } from './theme.js'

/** Where and how a figure is drawn: linkedom's document in Node, the page's own in a browser. */
export interface FigureContext {
  readonly document: Document
  readonly theme: Theme
}

const svgNamespace = 'http://www.w3.org/2000/svg'

/** An SVG element with attributes and children; strings become text. */
export function element<Name extends keyof SVGElementTagNameMap>(
  document: Document,
  name: Name,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
  const created = document.createElementNS(svgNamespace, name)
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, String(value))
  created.append(...children)
  return created
}

/** The figure as the text of an SVG file. */
export function svgText(svg: SVGSVGElement): string {
  svg.setAttributeNS('http://www.w3.org/2000/xmlns/', 'xmlns', svgNamespace)
  return svg.outerHTML
}

/** Widths of Inter's characters in em, by what they look like; measured on the regular face, to about 5%. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ilI.,:;'|!′]/, 0.27],
  [/[ jftr()[\]/⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/, 0.38],
  [/[mwMW]/, 0.87],
  [/[A-Z0-9+−×=<>~≈]/, 0.65],
]

/** Estimated width of a text in px: documents outside a browser cannot measure. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0
  for (const character of text) em += widths.find(([looks]) => looks.test(character))?.[1] ?? 0.58
  return em * fontSize
}
