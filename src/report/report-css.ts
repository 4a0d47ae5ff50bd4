/** The report's own style; colours come from the page theme's custom properties. */
export const reportCss = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--gp-paper); color: var(--gp-ink); font: 16px/1.55 Inter, system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 20px 80px; }
h1 { font-size: clamp(1.6rem, 4vw, 2.3rem); line-height: 1.15; margin: 0 0 .5em; letter-spacing: -.02em; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 3em 0 .8em; line-height: 1.3; }
a { color: var(--gp-measurement); text-underline-offset: .15em; }
.kicker, .provenance { color: var(--gp-muted); font-size: .875rem; margin: 0 0 .8em; }
.lead { max-width: 46em; margin: 0 0 .8em; }
.counts { display: flex; flex-wrap: wrap; gap: .5em 1.2em; list-style: none; margin: 1em 0 0; padding: 0; font-weight: 600; }
.counts small { font-weight: 400; color: var(--gp-muted); }
.wide { overflow-x: auto; margin: 0 0 1.4em; }
figure svg { display: block; max-width: none !important; height: auto; margin: 0 auto; }
@media (max-width: 720px) { .wide { margin-right: -20px; padding-right: 20px; } }
table { border-collapse: collapse; width: 100%; min-width: 760px; font-size: .875rem; line-height: 1.45; }
th, td { text-align: left; vertical-align: top; padding: .55em .9em .55em 0; border-bottom: 1px solid color-mix(in srgb, var(--gp-axis) 40%, transparent); }
th { color: var(--gp-muted); font-weight: 600; white-space: nowrap; }
.number { font-variant-numeric: tabular-nums; }
.verdict { font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.verdict::before { margin-right: .35em; }
.supported { color: var(--gp-optimum); } .supported::before { content: "✓"; }
.partly { color: var(--gp-secondary); } .partly::before { content: "◐"; }
.not-supported { color: var(--gp-lost); } .not-supported::before { content: "✗"; }
.not-run { color: var(--gp-muted); } .not-run::before { content: "–"; }
dl { margin: 0; }
dt { margin-top: 1em; }
dd { margin: .2em 0 0; color: var(--gp-muted); font-size: .875rem; }
dd p { margin: .2em 0; max-width: 60em; }
.missing { color: var(--gp-lost); }
@media print { main { max-width: none; padding: 0; } h2 { break-after: avoid; } figure { break-inside: avoid; } figure svg { max-width: 100% !important; } }
`
