import { formatNumber } from '../../figures/numbers.js'
import type { AnalysisReport, ReportedPoint } from '../../report/analysis-report.js'

/** Points that the table shows before it only counts. */
const mostRows = 30

const columns: readonly { head: string; width: number; show: (point: ReportedPoint) => string }[] = [
  { head: 'kind', width: -12, show: ({ kind }) => kind },
  { head: 'speed', width: 11, show: ({ speed }) => power(speed) },
  { head: 'stability', width: 11, show: ({ stable, index }) => (stable ? 'stable' : `${index} growing`) },
  { head: 'leading eigenvalues', width: 22, show: leading },
  { head: 'dwell', width: 8, show: ({ canonicalForm }) => steps(canonicalForm?.dwellSteps) },
  { head: 'starts', width: 7, show: ({ starts }) => String(starts) },
  { head: 'distance', width: 9, show: ({ nearestStart }) => formatNumber(nearestStart, 2) },
]

/** The report for a reader at a terminal, at most 80 characters wide but for the names in it. */
export function analysisText(report: AnalysisReport): string {
  const { points } = report
  const row = (cell: (column: (typeof columns)[number]) => string) =>
    columns
      .map(column =>
        column.width < 0 ? cell(column).padEnd(-column.width) : cell(column).padStart(column.width),
      )
      .join('')
  const shown = points.slice(0, mostRows).map(point => row(({ show }) => show(point)))
  const more = points.length - shown.length
  return [
    ...networkLines(report),
    '',
    ...(points.length === 0 ? [] : [row(({ head }) => head), ...shown]),
    ...(more > 0 ? [`… and ${more} more, which --json and --out hold`] : []),
    ...(points.length === 0 ? [] : ['']),
    ...sumLines(report),
  ].join('\n')
}

function networkLines({ file, network }: AnalysisReport): string[] {
  const { source, neurons, rank, leak, input, names, coordinates, dimension } = network
  const shape = rank === 'full' ? 'full rank' : `rank ${rank}`
  const facts = [`${neurons} neurons`, shape, `leak ${leak}`, input && `input ${input.join(', ')}`]
  const where =
    coordinates === 'latent'
      ? `, looked at in ${dimension} latent ${dimension === 1 ? 'variable' : 'variables'}`
      : ''
  return [
    `${file}: ${source}, ${facts.filter(fact => fact !== null).join(', ')}${where}`,
    `arrays: ${Object.entries(names)
      .map(([use, name]) => `${use} ${name}`)
      .join(', ')}`,
  ]
}

function sumLines({ points, rejected, searched, settings }: AnalysisReport): string[] {
  const of = (kind: ReportedPoint['kind']) => points.filter(point => point.kind === kind)
  const fixed = of('fixed point')
  const stable = fixed.filter(point => point.stable).length
  const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`
  const kinds = [
    `${plural(fixed.length, 'fixed point')}${fixed.length > 0 ? ` (${stable} stable)` : ''}`,
    plural(of('ghost').length, 'ghost'),
    plural(of('slow').length, 'other slow point'),
  ]
  const from =
    settings.from === 'own runs' ? "the network's own runs" : `${settings.from.name} of ${settings.from.file}`
  const given = Object.entries(rejected.reasons).map(([reason, count]) => `${reason} (${count})`)
  return [
    `${kinds.join(', ')}: ${plural(searched, 'search').replace(/hs$/, 'hes')} from ${from}`,
    ...(given.length === 0
      ? []
      : [`${plural(rejected.count, 'search').replace(/hs$/, 'hes')} given up: ${given.join(', ')}`]),
  ]
}

/** The first two eigenvalues that are no conjugates of one another. */
function leading({ eigenvalues }: ReportedPoint): string {
  const upper = eigenvalues.filter(([, imaginary]) => imaginary >= 0).slice(0, 2)
  return upper
    .map(([real, imaginary]) => {
      const re = formatNumber(real, 2)
      return imaginary === 0 ? re : `${re}±${formatNumber(imaginary, 2)}i`
    })
    .join(' ')
}

/** `1.2e-5`, so that columns stay narrow. */
function power(value: number): string {
  return value.toExponential(1)
}

function steps(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatNumber(value, 3)
}
