import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeMarkers } from '../../src/figures/marker-labels.js'
import { textWidth } from '../../src/figures/svg.js'

const at = (x: number, label: string) => ({ at: x, x, label, colour: '#000000' })
const names = ['first fall 5,051', 'second fall 5,202', 'collapse 5,203', 'optimum r*']

describe('labels of vertical markers', () => {
  it('neither overlap nor are crossed by another rule, wherever the rules are', () => {
    const places = fc.array(fc.double({ min: 60, max: 450, noNaN: true }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(places, xs => {
        const placed = placeMarkers(
          xs.map((x, i) => at(x, names[i]!)),
          [0, 900],
          12,
        )
        for (const a of placed) {
          expect(a.right - a.left).toBeCloseTo(textWidth(a.label, 12))
          for (const b of placed) {
            if (a === b) continue
            expect(a.lane === b.lane && a.left < b.right && b.left < a.right).toBe(false)
            expect(a.lane > b.lane && b.left < a.x && a.x < b.right).toBe(false)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('hang beside two rules that are hard to tell apart in the order of the rules', () => {
    const [first, second] = placeMarkers(
      [at(200, 'second fall 5,202'), at(201, 'collapse 5,203')],
      [0, 480],
      12,
    )
    expect([first!.side, second!.side]).toEqual(['left', 'right'])
  })

  it('stand above their rule if there is room', () => {
    const placed = placeMarkers([at(100, 'bifurcation'), at(300, 'optimum')], [0, 480], 12)
    expect(placed.map(({ side, lane }) => [side, lane])).toEqual([
      ['centre', 0],
      ['centre', 0],
    ])
  })

  it('get a lane each where no arrangement fits', () => {
    const wide = 'a label that is wider than the panel'
    const placed = placeMarkers([at(10, wide), at(20, wide)], [0, 30], 12)
    expect(placed.map(({ lane }) => lane)).toEqual([0, 1])
  })
})
