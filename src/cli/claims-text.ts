import Table from 'cli-table3'
import { effortText, type JudgedClaim, type Reproduction } from '../report/reproduction.js'

/** Where stdout is no terminal, and has no width. */
const usualWidth = 120
/** Narrower than this, the columns of a table would cut words. */
const narrowestTable = 110
const widestTable = 180

/** The judged claims: a table where there is room for one, else claim after claim. No line exceeds `width`. */
export function claimsText(reproduction: Reproduction, width = usualWidth): string {
  const { figures, provenance } = reproduction
  const claims = figures.flatMap(figure => figure.claims)
  const shown =
    width < narrowestTable ? listed(claims, width) : tabulated(claims, Math.min(width, widestTable))
  const foot = wrapped(`${provenance.profile} profile, ${effortText(reproduction)}`, width, '')
  return [shown, ...foot].join('\n')
}

function tabulated(claims: readonly JudgedClaim[], width: number): string {
  // Borders and padding of seven columns take 22 characters; id, figure, verdict and seconds 29.
  const free = width - 22 - 29
  const [claim, expected] = [Math.floor(0.28 * free), Math.floor(0.32 * free)]
  const table = new Table({
    head: ['id', 'claim', 'expected', 'measured', 'verdict', 'fig.', 's'],
    colWidths: [6, claim + 2, expected + 2, free - claim - expected + 2, 15, 6, 10],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const { id, statement, expected, measured, verdict, figure, seconds } of claims) {
    table.push([id, statement, expected, measured, verdict, figure, seconds?.toFixed(1) ?? '–'])
  }
  return table.toString()
}

function listed(claims: readonly JudgedClaim[], width: number): string {
  const entry = ({ id, statement, expected, measured, verdict, figure, seconds }: JudgedClaim) => [
    `${id}  ${verdict}  (figure ${figure}${seconds === undefined ? '' : `, ${seconds.toFixed(1)} s`})`,
    ...wrapped(statement, width, '    '),
    ...wrapped(expected, width, '    expected  '),
    ...wrapped(measured, width, '    measured  '),
    '',
  ]
  return claims.flatMap(entry).join('\n')
}

/** Lines of at most `width` characters, the first after `start` and the rest indented as far. */
function wrapped(text: string, width: number, start: string): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line !== '' && start.length + line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.map((line, i) => `${i === 0 ? start : ' '.repeat(start.length)}${line}`)
}
