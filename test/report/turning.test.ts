import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { defaultAngles, projected, roundedPlace } from '../../src/figures/figure-5/projection.js'
import { drawFigure5 } from '../../src/figures/figure-5.js'
import { svgText } from '../../src/figures/svg.js'
import { reportHtml } from '../../src/report/html.js'
import { turningScript } from '../../src/report/turning.js'
import { onPage } from '../figures/sample-data.js'
import { madeUpFullRank } from '../figures/working-memory-data.js'
import { figure, reproductionOf } from './made-up-reproduction.js'

const data = { cue: madeUpFullRank('Cue discrimination'), match: madeUpFullRank('Match to sample') }
const drawing = svgText(drawFigure5(data, onPage()))
const pageWith = (svg: string) => reportHtml(reproductionOf([figure({ figure: '5' })]), new Map([['5', svg]]))

/** A page whose script has run; linkedom has no `dataset` on SVG elements, browsers do. */
function turnable() {
  const { document, Event, Element } = parseHTML(pageWith(drawing))
  Object.defineProperty(Element.prototype, 'dataset', {
    configurable: true,
    get(this: Element) {
      return Object.fromEntries(
        [...this.attributes].map(({ name, value }) => [name.replace('data-', ''), value]),
      )
    },
  })
  new Function('document', turningScript)(document)
  const view = document.querySelector('[data-turn]')!
  const press = (key: string) =>
    view.dispatchEvent(Object.assign(new Event('keydown', { cancelable: true }), { key }))
  const places = () =>
    [...view.querySelectorAll('[data-at]')].map(
      item => item.getAttribute('transform') ?? item.getAttribute('d'),
    )
  return { view, press, places }
}

describe('the script that turns views', () => {
  it('is in a report with views and in no other', () => {
    expect(pageWith(drawing)).toContain(turningScript)
    expect(pageWith('<svg></svg>')).not.toContain('<script')
  })

  it('turns by the projection that the figure was drawn with', () => {
    const { view, press } = turnable()
    press('ArrowLeft')
    press('ArrowUp')
    const angles = { yaw: defaultAngles.yaw - 5, pitch: defaultAngles.pitch + 5 }
    const group = view.querySelector('[data-unit]')!
    const unit = Number(group.getAttribute('data-unit'))
    const { x, y } = projected(roundedPlace(data.cue.views[0]!.paths[0]!.places[0]!), angles)
    const [first] = group.querySelectorAll('circle')
    expect(first!.getAttribute('transform')).toBe(
      `translate(${(x * unit).toFixed(1)},${(y * unit).toFixed(1)})`,
    )
  })

  it('turns back at Escape, to where everything was drawn', () => {
    const { press, places } = turnable()
    const drawn = places()
    press('ArrowRight')
    expect(places()).not.toEqual(drawn)
    press('Escape')
    expect(places()).toEqual(drawn)
  })
})
