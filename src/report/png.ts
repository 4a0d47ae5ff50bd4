import { createRequire } from 'node:module'

/** How a PNG is rendered. */
export interface PngOptions {
  /** Width in px; height follows. The SVG's own width unless given. */
  readonly width?: number
}

/** The faces that figures use; `loadSystemFonts: false`, so that every machine draws the same letters. */
const fontFiles = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
]

/** An optional package is not there. */
export class MissingPackage extends Error {}

/**
 * Renders an SVG with literal colours to PNG.
 * @throws MissingPackage naming the package to install if the renderer or its font is not there
 */
export async function svgToPng(svg: string, { width }: PngOptions = {}): Promise<Uint8Array> {
  const { Resvg } = await loadRenderer()
  const renderer = new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles: findFonts(), defaultFontFamily: 'Inter' },
    ...(width === undefined ? {} : { fitTo: { mode: 'width', value: width } }),
  })
  return renderer.render().asPng()
}

async function loadRenderer(): Promise<typeof import('@resvg/resvg-js')> {
  try {
    return await import('@resvg/resvg-js')
  } catch (cause) {
    throw missing('@resvg/resvg-js', cause)
  }
}

function findFonts(): string[] {
  const { resolve } = createRequire(import.meta.url)
  try {
    return fontFiles.map(file => resolve(file))
  } catch (cause) {
    throw missing('@expo-google-fonts/inter', cause)
  }
}

function missing(name: string, cause: unknown): MissingPackage {
  return new MissingPackage(`PNG figures need the optional package ${name}: npm install ${name}`, { cause })
}
