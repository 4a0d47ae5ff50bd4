import { claimNumbers, type Verdict } from '../experiments/claim.js'
import { pageThemeCss } from '../figures/theme.js'
import { reportCss } from './report-css.js'
import {
  effortText,
  type JudgedClaim,
  othersText,
  type ReproducedFigure,
  type Reproduction,
  verdictCounts,
} from './reproduction.js'
import { turningScript } from './turning.js'

/**
 * The report as one HTML file that opens offline: verdicts, then each figure inline with its claims and what
 * was run against what was published.
 * @param drawings the figures' SVG text in page colours, by figure number
 */
export function reportHtml(
  reproduction: Reproduction,
  drawings: ReadonlyMap<string, string | undefined>,
): string {
  const { provenance, figures, others } = reproduction
  const absent = othersText(others)
  const claims = figures.flatMap(figure => figure.claims)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ghostpoint: the ghost mechanism of abrupt learning, reproduced</title>
<style>
${pageThemeCss}${reportCss}</style>
</head>
<body>
<main>
<header>
<p class="kicker">ghostpoint ${escapeHtml(provenance.version)} · profile ${provenance.profile}</p>
<h1>The ghost mechanism of abrupt learning, reproduced</h1>
<p class="lead">Every statement below is judged by a rule in the code, printed with it. The paper is
<cite>A ghost mechanism: An analytical model of abrupt learning</cite>, arXiv:2501.02378, version 1.</p>
<p class="provenance">${escapeHtml(provenance.date.slice(0, 16).replace('T', ' '))} UTC · ${escapeHtml(provenance.machine)} · ${effortText(reproduction)}</p>
${absent === undefined ? '' : `<p>${escapeHtml(absent)}</p>\n`}${verdictList(claims)}
</header>
<section aria-labelledby="claims">
<h2 id="claims">Claims</h2>
<p>${escapeHtml(claimNumbers)}</p>
${claimsTable(claims)}
</section>
${figures.map(figure => figureSection(figure, drawings.get(figure.figure))).join('\n')}
</main>
${turningOf(drawings)}</body>
</html>
`
}

/** The script that turns views, if there are any. */
function turningOf(drawings: ReadonlyMap<string, string | undefined>): string {
  const turns = [...drawings.values()].some(drawing => drawing?.includes(' data-turn="'))
  return turns ? `<script>${turningScript}</script>\n` : ''
}

function verdictList(claims: readonly JudgedClaim[]): string {
  const items = verdictCounts(claims).map(
    ({ verdict, count, meaning }) =>
      `<li>${badge(verdict)} ${count} <small>${escapeHtml(meaning)}</small></li>`,
  )
  return `<ul class="counts">${items.join('')}</ul>`
}

function claimsTable(claims: readonly JudgedClaim[]): string {
  const rows = claims.map(
    ({ id, figure, statement, expected, measured, verdict, seconds }) => `<tr>
<td><a href="#claim-${id}">${id}</a></td><td>${escapeHtml(statement)}</td><td>${escapeHtml(expected)}</td>
<td>${escapeHtml(measured)}</td><td>${badge(verdict)}</td><td class="number">${seconds === undefined ? '–' : seconds.toFixed(1)}</td>
<td><a href="#figure-${figure}">${figure}</a></td>
</tr>`,
  )
  return `<div class="wide" role="region" tabindex="0" aria-label="Claims"><table>
<thead><tr><th>Id</th><th>Claim</th><th>Expected</th><th>Measured</th><th>Verdict</th><th>Seconds</th><th>Figure</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`
}

function figureSection(figure: ReproducedFigure, drawing: string | undefined): string {
  const { figure: number, title, claims, settings } = figure
  const picture = drawing ?? `<p class="missing">${missingFigure(figure)}</p>`
  return `<section aria-labelledby="figure-${number}">
<h2 id="figure-${number}">Figure ${number}. ${escapeHtml(title)}</h2>
<figure class="wide" tabindex="0" aria-label="Figure ${number}">${picture}</figure>
${settings.length === 0 ? '' : settingsTable(figure)}
<dl>
${claims.map(claimEntry).join('\n')}
</dl>
</section>`
}

function missingFigure({ status, error }: ReproducedFigure): string {
  if (status === 'done') return 'No figure: what draws it is not installed.'
  return `No figure: ${status}${error === undefined ? '' : `: ${escapeHtml(error)}`}.`
}

function settingsTable({ figure, settings }: ReproducedFigure): string {
  const rows = settings.map(
    ({ setting, published, run }) =>
      `<tr><td>${escapeHtml(setting)}</td><td>${escapeHtml(published)}</td><td>${escapeHtml(run)}</td></tr>`,
  )
  return `<div class="wide" role="region" tabindex="0" aria-label="Settings of figure ${figure}"><table>
<thead><tr><th>What</th><th>Published</th><th>Run here</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`
}

function claimEntry({ id, statement, rule, measured, verdict }: JudgedClaim): string {
  return `<dt id="claim-${id}"><b>${id}</b> ${escapeHtml(statement)} ${badge(verdict)}</dt>
<dd><p>Measured: ${escapeHtml(measured)}</p><p>Rule: ${escapeHtml(rule)}.</p></dd>`
}

function badge(verdict: Verdict): string {
  return `<span class="verdict ${verdict.replace(' ', '-')}">${verdict}</span>`
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, character => entities[character]!)
}
