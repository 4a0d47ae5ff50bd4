import { afterEach, describe, expect, it, vi } from 'vitest'
import { drawFigure1 } from '../../src/figures/figure-1.js'
import { svgText } from '../../src/figures/svg.js'
import { svgToPng } from '../../src/report/png.js'
import { closedFormFigure1, onPaper } from '../figures/sample-data.js'

const square = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="100" height="50" fill="#ffffff"/>${content}</svg>`

/** Width and height in the IHDR chunk of a PNG. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset)
  expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10])
  expect(new TextDecoder().decode(png.subarray(12, 16))).toBe('IHDR')
  return [view.getUint32(16), view.getUint32(20)]
}

describe('svgToPng', () => {
  it("keeps the SVG's own size unless a width is asked for", async () => {
    expect(sizeOf(await svgToPng(square('')))).toEqual([100, 50])
    expect(sizeOf(await svgToPng(square(''), { width: 300 }))).toEqual([300, 150])
  })

  it('draws the letters of both weights, so both faces were found', async () => {
    const blank = await svgToPng(square(''))
    const text = (weight: number) =>
      svgToPng(square(`<text x="5" y="30" font-family="Inter" font-weight="${weight}">κ′ − 10⁻⁹</text>`))
    const [regular, semiBold] = [await text(400), await text(600)]
    expect(regular.length).toBeGreaterThan(2 * blank.length)
    expect(Buffer.from(regular).equals(semiBold)).toBe(false)
  })

  it('renders a figure at twice its size', async () => {
    const svg = svgText(drawFigure1(closedFormFigure1(), onPaper()))
    const png = await svgToPng(svg, { width: 1920 })
    expect(sizeOf(png)[0]).toBe(1920)
    expect(png.length).toBeGreaterThan(50_000)
  })
})

describe('without its optional packages, svgToPng names what to install', () => {
  afterEach(() => {
    vi.doUnmock('@resvg/resvg-js')
    vi.doUnmock('node:module')
    vi.resetModules()
  })

  it('if the renderer is missing', async () => {
    vi.doMock('@resvg/resvg-js', () => {
      throw new Error('not found')
    })
    vi.resetModules()
    const png = await import('../../src/report/png.js')
    await expect(png.svgToPng(square(''))).rejects.toThrow('npm install @resvg/resvg-js')
  })

  it('if the font is missing', async () => {
    vi.doMock('node:module', () => ({
      createRequire: () => ({
        resolve: () => {
          throw new Error('not found')
        },
      }),
    }))
    vi.resetModules()
    const png = await import('../../src/report/png.js')
    await expect(png.svgToPng(square(''))).rejects.toThrow('npm install @expo-google-fonts/inter')
  })
})
