import type { Markup } from './markup.js';

/** The report's style sheet. */
export const STYLE: Markup = {
  markup: `
:root {
  color-scheme: light dark;
  --text: light-dark(#1b1f24, #e8ebf0);
  --muted: light-dark(#596270, #9ba5b3);
  --paper: light-dark(#ffffff, #16191e);
  --line: light-dark(#e3e7ec, #2b313a);
  --accent: light-dark(#0b62d6, #7db4ff);
  --quiet: light-dark(#7690b0, #587396);
  --good: light-dark(#1a7f4b, #5cc98d);
  --bad: light-dark(#c2410c, #f0946a);
}
body {
  margin: 0;
  background: var(--paper);
  color: var(--text);
  font: 16px/1.55 system-ui, sans-serif;
}
main {
  max-width: 45rem;
  margin: 0 auto;
  padding: 3rem 1.25rem 4rem;
}
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 3rem 0 0.25rem; }
h3 { font-size: 1rem; margin: 2rem 0 0.25rem; }
p { margin: 0 0 1rem; max-width: 38rem; }
.lead, footer, figcaption, .note { color: var(--muted); }
.lead { margin-top: 0.5rem; }
.verdicts { list-style: none; padding: 0; margin: 1.5rem 0; }
.verdicts li { padding: 0.15rem 0 0.15rem 0.9rem; border-left: 3px solid var(--quiet); margin: 0.6rem 0; }
.verdicts .pays { border-color: var(--good); }
.verdicts .costs { border-color: var(--bad); }
svg { display: block; width: 100%; height: auto; overflow: visible; font: 13px system-ui, sans-serif; }
svg text { fill: var(--muted); }
svg .label { fill: var(--text); font-size: 14px; }
svg .value { fill: var(--text); font-size: 14px; font-weight: 600; font-variant-numeric: tabular-nums; }
.grid line { stroke: var(--line); }
.zero line { stroke: var(--muted); }
.bar { fill: var(--quiet); }
.bar.reranked { fill: var(--accent); }
.whisker { fill: none; stroke: var(--text); stroke-width: 1.25; }
.gain { fill: var(--good); }
.loss { fill: var(--bad); }
.line-0 path, .line-1 path { fill: none; stroke: var(--accent); stroke-width: 2; }
.line-0 circle { fill: var(--accent); }
.line-1 path { stroke: var(--quiet); stroke-dasharray: 5 4; }
.line-1 circle { fill: var(--quiet); }
.figures { margin-top: 0.75rem; color: var(--muted); font-size: 0.9rem; }
.figures summary { cursor: pointer; width: fit-content; }
.figures table { width: auto; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1.5rem; }
figure { margin: 0; }
figcaption { font-size: 0.9rem; margin-bottom: 0.5rem; }
.scroll { overflow-x: auto; margin: 1rem 0; }
.scroll svg { min-width: 34rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.4rem 0.6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { font-weight: 600; }
thead th { color: var(--muted); font-weight: 500; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
.moves td:first-child { white-space: normal; min-width: 14rem; }
.moves .id, .moves th:nth-child(2) { text-align: left; }
.id { color: var(--muted); font-size: 0.85rem; }
footer { margin-top: 3rem; font-size: 0.85rem; }
`,
};
