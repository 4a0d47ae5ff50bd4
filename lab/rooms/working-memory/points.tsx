import type { SlowPoint } from '../../../src/dynamics/slow-point.js'
import { symbolLegend, symbolOf } from '../../../src/figures/flow-map/symbols.js'
import { drawSymbol, type LegendSymbol } from '../../../src/figures/legend.js'
import { formatNumber } from '../../../src/figures/numbers.js'
import { pageTheme } from '../../../src/figures/theme.js'
import { dwellSteps, eigenvaluesOf, factsOf, nameOf, reasonOf } from './point-facts.js'

/** Buttons for the slow points of a map, and what there is to say of the one chosen. */

export interface PointsProps {
  /** Names the group. */
  readonly label: string
  readonly points: readonly SlowPoint[]
  /** From 1; 0 for none. */
  readonly chosen: number
  readonly onChoose: (number: number) => void
  /** α. */
  readonly leak: number
  /** Names of the coordinates of positions, where these are few. */
  readonly coordinates: readonly string[]
  /** Of the flow. */
  readonly dimension: number
  /** More facts of a point, by its place in the list. */
  readonly more?: (index: number) => readonly (readonly [string, string])[]
}

/** More eigenvalues are only counted. */
const mostEigenvalues = 8
/** More buttons than this are more than anyone looks through. */
const mostButtons = 24

export function Points(props: PointsProps) {
  const { label, points, chosen, onChoose, leak, dimension } = props
  const point = points[chosen - 1]
  return (
    <div class="memory-points">
      <fieldset class="memory-list" aria-label={label}>
        {points.slice(0, mostButtons).map((item, i) => {
          const dwell = dwellSteps(item, leak)
          return (
            <button
              key={i}
              type="button"
              aria-pressed={chosen === i + 1}
              onClick={() => onChoose(chosen === i + 1 ? 0 : i + 1)}
            >
              <Sign point={item} dimension={dimension} />
              {i + 1}: {nameOf(item, dimension)}
              {dwell === undefined ? '' : `, ${formatNumber(dwell, 2)} steps`}
            </button>
          )
        })}
        {points.length > mostButtons && <p>{points.length - mostButtons} more: see “Data”.</p>}
      </fieldset>
      {point !== undefined && <PointCard {...props} point={point} />}
    </div>
  )
}

/** The symbol that the point has in the map. */
function Sign({ point, dimension }: { readonly point: SlowPoint; readonly dimension: number }) {
  const [entry] = symbolLegend(new Set([symbolOf(point, dimension)]), pageTheme)
  const { symbol, colour } = entry as { symbol: LegendSymbol; colour: string }
  const draw = (holder: SVGSVGElement | null) => {
    holder?.replaceChildren(drawSymbol(symbol, colour, { document, theme: pageTheme }))
  }
  return <svg class="memory-sign" viewBox="0 -9 18 18" width={18} height={18} aria-hidden="true" ref={draw} />
}

function PointCard({
  point,
  chosen,
  leak,
  coordinates,
  dimension,
  onChoose,
  more,
}: PointsProps & { readonly point: SlowPoint }) {
  const facts = [...factsOf(point, leak, coordinates), ...(more?.(chosen - 1) ?? [])]
  const eigenvalues = eigenvaluesOf(point, leak, mostEigenvalues)
  const hidden = point.spectrum.real.length - eigenvalues.length
  const name = nameOf(point, dimension)
  return (
    <section class="memory-card" aria-label={`Slow point ${chosen}`}>
      <div class="memory-card-head">
        <h3>
          <Sign point={point} dimension={dimension} />
          {chosen}: {name}
        </h3>
        <button
          type="button"
          class="quiet"
          onClick={() => onChoose(0)}
          aria-label={`Close slow point ${chosen}`}
        >
          Close
        </button>
      </div>
      <p>{reasonOf(point, leak)}</p>
      <dl class="memory-facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table>
        <caption>
          Eigenvalues of the flow here, per time constant
          {hidden > 0 ? `; ${hidden} more have smaller real parts` : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">λ</th>
            <th scope="col">|1 + αλ| per step</th>
            <th scope="col">what is off</th>
          </tr>
        </thead>
        <tbody>
          {eigenvalues.map(({ text, factor, fate }, i) => (
            <tr key={i}>
              <td>{text}</td>
              <td>{factor}</td>
              <td>{fate}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
