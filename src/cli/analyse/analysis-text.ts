import type { AnalysisReport, ReportedPoint } from '../../report/analysis-report.js'

/** Points that the table shows before it only counts. */
const mostRows = 30

const eigenvalueWidth = 24

/** Cells are cut nowhere: what is printed here is narrower than its column, so that 80 characters are enough. */
const columns: readonly { head: string; width: number; show: (point: ReportedPoint) => string }[] = [
  { head: 'kind', width: -11, show: ({ kind }) => kind },
  { head: 'speed', width: 9, show: ({ speed }) => (speed === 0 ? '0' : speed.toExponential(1)) },
  { head: 'stability', width: 12, show: ({ stable, index }) => (stable ? 'stable' : `${index} growing`) },
  { head: 'leading eigenvalues', width: eigenvalueWidth, show: leading },
  { head: 'dwell', width: 8, show: dwell },
  { head: 'starts', width: 7, show: ({ starts }) => String(starts) },
  { head: 'distance', width: 9, show: ({ nearestStart }) => short(nearestStart) },
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
    ...passageLines(report),
    ...traceLines(report),
  ].join('\n')
}

function networkLines({ file, network }: AnalysisReport): string[] {
  const { source, neurons, rank, leak, input, names, coordinates, dimension } = network
  const facts = [
    `${file}: ${source}`,
    counted(neurons, 'neuron'),
    rank === 'full' ? 'full rank' : `rank ${rank}`,
    `leak ${leak}`,
    ...(input === null ? [] : [`input ${input.join(' ')}`]),
    ...(coordinates === 'latent' ? [`looked at in ${counted(dimension, 'latent variable')}`] : []),
  ]
  const arrays = Object.entries(names).map(([use, name]) => `${use} ${name}`)
  return [...wrapped(facts.join(', ')), ...wrapped(`arrays: ${arrays.join(', ')}`)]
}

function sumLines({ points, rejected, searched, settings: { from } }: AnalysisReport): string[] {
  const of = (kind: ReportedPoint['kind']) => points.filter(point => point.kind === kind)
  const fixed = of('fixed point')
  const stable = fixed.length === 0 ? '' : ` (${fixed.filter(point => point.stable).length} stable)`
  const found = [
    `${counted(fixed.length, 'fixed point')}${stable}`,
    counted(of('ghost').length, 'ghost'),
    counted(of('slow').length, 'other slow point'),
  ]
  const source = from === 'own runs' ? "the network's own runs" : `${from.name} of ${from.file}`
  const reasons = Object.entries(rejected.reasons).map(([reason, count]) => `${reason} (${count})`)
  return [
    ...wrapped(`${found.join(', ')}: ${counted(searched, 'search', 'es')} from ${source}`),
    ...(reasons.length === 0 ? [] : wrapped(`${rejected.count} given up: ${reasons.join(', ')}`)),
  ]
}

/** A passage that takes this much longer or shorter than predicted is worth a line. */
const apart = 0.2

/** A warning for ghosts that the canonical form does not describe well. */
function passageLines({ points }: AnalysisReport): string[] {
  const passages = points.flatMap(({ passage }) => (passage === null ? [] : [passage]))
  const off = passages.filter(
    ({ predictedSteps, simulatedSteps }) =>
      simulatedSteps === null || Math.abs(simulatedSteps / predictedSteps - 1) > apart,
  )
  if (off.length === 0) return []
  return wrapped(
    `${off.length} of ${counted(passages.length, 'ghost')}: the network passes otherwise than the dwell time says; see passage in the report`,
  )
}

/** States further than this from where the network would step have been driven, or are noisy. */
const steered = 1e-3

/** What was found along trials, a line for each with a ghost. */
function traceLines({ traces }: AnalysisReport): string[] {
  if (traces.length === 0) return []
  const visited = traces.filter(({ ghosts }) => ghosts.length > 0)
  const off = traces.reduce((most, { deviation }) => Math.max(most, deviation), 0)
  const passages = visited.flatMap(({ trial, ghosts }) =>
    ghosts.flatMap(({ visits, predictedSteps }) =>
      visits.map(({ step, passageSteps }) => {
        const took = passageSteps === null ? 'not passed whole' : `passed in ${steps(passageSteps)} steps`
        return `  trial ${trial}: slowest at step ${steps(step)}, ${took}, predicted ${steps(predictedSteps)}`
      }),
    ),
  )
  return [
    `ghosts along ${visited.length} of ${counted(traces.length, 'trial')} traced`,
    ...passages.slice(0, mostRows),
    ...(passages.length > mostRows ? [`  … and ${passages.length - mostRows} more`] : []),
    ...(off > steered
      ? wrapped(
          `states of trials are up to ${short(off)} off the steps of this network: inputs or noise move them`,
        )
      : []),
  ]
}

/** `1 ghost`, `2 ghosts`. */
function counted(count: number, one: string, plural = 's'): string {
  return `${count} ${one}${count === 1 ? '' : plural}`
}

/** The first two eigenvalues that are no conjugates of one another, as far as there is room. */
function leading({ eigenvalues }: ReportedPoint): string {
  const upper = eigenvalues.filter(([, imaginary]) => imaginary >= 0).slice(0, 2)
  const texts = upper.map(([re, im]) => (im === 0 ? short(re) : `${short(re)}±${short(im)}i`))
  const both = texts.join('  ')
  return both.length < eigenvalueWidth ? both : texts[0]!
}

/** Two digits, in at most eight characters. */
function short(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e4)) return value.toExponential(1)
  return String(Number(value.toPrecision(2)))
}

/** Of points that are no ghosts it means nothing. */
function dwell({ kind, canonicalForm }: ReportedPoint): string {
  return steps(kind === 'ghost' ? canonicalForm?.dwellSteps : null)
}

/** A number of steps: `52.9`. */
function steps(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  return value < 1e5 ? String(Number(value.toPrecision(3))) : value.toExponential(1)
}

/** Lines of at most `width` characters, broken at spaces; those after the first are indented. */
function wrapped(text: string, width = 80): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) {
      lines.push(last === undefined ? word : `  ${word}`)
    } else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
