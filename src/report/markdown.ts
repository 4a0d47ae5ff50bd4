import { claimNumbers } from '../experiments/claim.js'
import {
  effortText,
  type JudgedClaim,
  othersText,
  type ReproducedFigure,
  type Reproduction,
  verdictCounts,
} from './reproduction.js'

/**
 * A reproduction as Markdown: where and how it was made, the judged claims, and for every figure what was run against
 * what was published. Pictures are those that are written beside it.
 * @param pictures file names of the figures' pictures, by figure number
 */
export function reportMarkdown(reproduction: Reproduction, pictures: ReadonlyMap<string, string>): string {
  const { provenance, figures, others } = reproduction
  const { profile, version, date, machine } = provenance
  const claims = figures.flatMap(figure => figure.claims)
  const absent = othersText(others)
  const verdicts = verdictCounts(claims).map(
    ({ verdict, count, meaning }) => `${count} ${verdict} (${meaning})`,
  )
  const lines = [
    `# The ghost mechanism of abrupt learning, reproduced: profile ${profile}`,
    '',
    `ghostpoint ${version} · ${date.slice(0, 16).replace('T', ' ')} UTC · ${machine} · ${effortText(reproduction)}`,
    '',
    `The paper is arXiv:2501.02378, version 1. ${claimNumbers}`,
    '',
    ...(absent === undefined ? [] : [absent, '']),
    `Verdicts: ${verdicts.join(', ')}. Intervals are at 95% unless another level is given. Rules stand under each figure.`,
    '',
    ...claimsRows(claims),
    ...figures.flatMap(figure => figureLines(figure, pictures.get(figure.figure))),
  ]
  return `${lines.join('\n')}\n`
}

function claimsRows(claims: readonly JudgedClaim[]): string[] {
  return [
    '| figure | | claim | measured | verdict |',
    '|---|---|---|---|---|',
    ...claims.map(({ figure, id, statement, measured, verdict }) =>
      row([figure, id, statement, measured, `**${verdict}**`]),
    ),
    '',
  ]
}

function figureLines(figure: ReproducedFigure, picture: string | undefined): string[] {
  const { figure: number, title, claims, settings, status, error, seconds } = figure
  const state = [
    ...(status === 'done' ? [] : [error === undefined ? status : `${status}: ${inline(error)}`]),
    ...(seconds === undefined ? [] : [`${seconds.toFixed(0)} s of computation`]),
  ]
  return [
    `## Figure ${number}. ${title}`,
    '',
    ...(picture === undefined ? [] : [`![Figure ${number}](${picture})`, '']),
    `${state.join('; ')}.`,
    '',
    ...(settings.length === 0 ? [] : ['| what | published | run here |', '|---|---|---|']),
    ...settings.map(({ setting, published, run }) => row([setting, published, run])),
    '',
    ...claims.map(
      ({ id, rule, expected }) => `- **${id}** expects: ${inline(expected)}. Rule: ${inline(rule)}.`,
    ),
    '',
  ]
}

const row = (cells: readonly string[]) => `| ${cells.map(inline).join(' | ')} |`

/** A text that stands in a line of a table as it is. */
function inline(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replace(/[\\|<>]/g, character => `\\${character}`)
}
