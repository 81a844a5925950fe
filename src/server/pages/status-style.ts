/** The status page's style sheet: light and dark, from a telephone to a wall, without a network. */
export const statusStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f6f4, #131519);
  --card: light-dark(#ffffff, #1b1e24);
  --edge: light-dark(#deded9, #2f353e);
  --text: light-dark(#22252a, #e4e6ea);
  --quiet: light-dark(#5c626a, #a3aab5);
  --bad: light-dark(#b02a24, #ff8a82);
  --bad-soft: light-dark(#fbe6e4, #47211f);
  --good: light-dark(#17693a, #62d195);
  --good-soft: light-dark(#e0f3e7, #173825);
  --act: light-dark(#2753b8, #93b4ff);
  --act-soft: light-dark(#e5ecfc, #1d2c52);
  --calm-soft: light-dark(#ededea, #2a2f37);
  --trend-good: light-dark(#2a8a55, #52bd84);
  --trend-calm: light-dark(#3f6fd1, #7fa3f5);
  --trend-person: light-dark(#c77a14, #e3a24a);
  --trend-none: light-dark(#9aa0a8, #6d7683);
  --trend-open: light-dark(#b02a24, #ff8a82);
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 12px; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
#content, .stale, .foot { max-width: 1280px; margin: 0 auto; padding: 0 20px; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 24px 0 16px; }
h1 { margin: 0; font-size: 24px; letter-spacing: -0.01em; }
h2 { margin: 0 0 10px; font-size: 18px; }
h3 { margin: 0; font-size: 16px; display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; }
h4 { margin: 14px 0 4px; font-size: 14px; }
p { margin: 4px 0; }
a { color: var(--act); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--act); outline-offset: 2px; border-radius: 4px; }
section:focus { outline: none; }
section:focus-visible h2 { outline: 2px solid var(--act); outline-offset: 2px; border-radius: 4px; }
nav { margin-left: auto; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; margin: 0; padding: 0; font-size: 14px; }
nav a { display: inline-block; padding: 4px 0; }
main { display: grid; gap: 28px; padding-bottom: 48px; grid-template-columns: minmax(0, 1fr); }
.column { display: grid; gap: 28px; grid-template-columns: minmax(0, 1fr); align-content: start; }
@media (min-width: 1040px) { main { grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); align-items: start; } }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: 14px 16px; min-width: 0; }
.card + .card { margin-top: 12px; }
.card h3:not(:first-child) { margin-top: 16px; }
section > .quiet { background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: 14px 16px; }
.quiet { color: var(--quiet); }
small { font-size: 13px; color: var(--quiet); }
code, pre { font-family: var(--mono); font-size: 12.5px; }
.reasons code, td code { color: var(--quiet); }
.pill { display: inline-block; margin: 0; padding: 1px 10px; border-radius: 999px; font-size: 13px; font-weight: 600; background: var(--calm-soft); color: var(--text); }
.pill.good, .pill.tier-merge, .pill.tier-delay { background: var(--good-soft); color: var(--good); }
.pill.act, .pill.tier-propose { background: var(--act-soft); color: var(--act); }
.pill.bad { background: var(--bad-soft); color: var(--bad); }
header .pill { padding: 4px 14px; }
.waits { padding: 6px 12px; border-radius: 8px; background: var(--calm-soft); }
.waits.bad { background: var(--bad-soft); color: var(--bad); }
.waits.bad a { color: inherit; }
.alerts, .reasons { margin: 4px 0; padding-left: 18px; }
.alerts .firing::marker { color: var(--bad); }
.alerts .resolved::marker { color: var(--good); }
.timeline { list-style: none; margin: 4px 0 0; padding: 0 0 0 14px; border-left: 2px solid var(--edge); }
.timeline li { display: grid; grid-template-columns: 11.5em minmax(0, 1fr); gap: 0 10px; padding: 3px 0; position: relative; }
.timeline li::before { content: ""; position: absolute; left: -19px; top: 11px; width: 8px; height: 8px; border-radius: 50%; background: var(--quiet); }
.timeline li:last-child::before { background: var(--act); }
time { font-variant-numeric: tabular-nums; }
.timeline time { color: var(--quiet); font-size: 13px; line-height: 22.5px; }
details { margin: 4px 0; }
summary { cursor: pointer; padding: 3px 0; color: var(--act); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; overflow-wrap: normal; }
th, td { text-align: left; vertical-align: top; padding: 5px 12px 5px 0; border-top: 1px solid var(--edge); font-weight: 400; }
.short td, td time { white-space: nowrap; }
thead th { border-top: 0; color: var(--quiet); font-size: 13px; }
.diff { margin: 4px 0; border: 1px solid var(--edge); border-radius: 8px; padding: 8px 0; overflow-x: auto; max-height: 32em; overflow-wrap: normal; }
.diff span { display: block; padding: 0 12px; white-space: pre; min-width: max-content; }
.diff .meta { color: var(--quiet); }
.diff .added { background: var(--good-soft); color: var(--good); }
.diff .removed { background: var(--bad-soft); color: var(--bad); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 10px 16px; margin: 0 0 4px; }
.facts dt { color: var(--quiet); font-size: 13px; }
.facts dd { margin: 0; font-weight: 600; }
.facts dd small { font-weight: 400; }
.who { max-width: 1280px; margin: 0 auto; padding: 12px 20px 0; font-size: 14px; }
.who form { display: inline; }
.who p { margin: 0; }
.who .waits { margin-top: 8px; font-size: 15px; }
button { font: inherit; font-size: 14px; padding: 4px 14px; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); color: var(--text); cursor: pointer; }
button.stop { border-color: var(--bad); background: var(--bad-soft); color: var(--bad); font-weight: 600; }
button.start { border-color: var(--good); background: var(--good-soft); color: var(--good); font-weight: 600; }
button:focus-visible { outline: 2px solid var(--act); outline-offset: 2px; }
.switches { display: none; margin: 8px 0; }
.signed-in .switches { display: block; }
.plot { display: block; width: 100%; max-width: 600px; height: auto; font-size: 13px; margin: 6px 0; }
.plot .quiet { fill: var(--quiet); }
.plot .grid { stroke: var(--edge); }
.plot .line { fill: none; }
.plot .end { text-anchor: end; }
.plot .middle { text-anchor: middle; }
.outcome-recovered { fill: var(--trend-good); background: var(--trend-good); }
.outcome-resolved-without-change { fill: var(--trend-calm); background: var(--trend-calm); }
.outcome-handed-off { fill: var(--trend-person); background: var(--trend-person); }
.outcome-abstained { fill: var(--trend-none); background: var(--trend-none); }
.outcome-open { fill: var(--trend-open); background: var(--trend-open); }
.stage-proposed { fill: var(--trend-calm); stroke: var(--trend-calm); background: var(--trend-calm); }
.stage-merged { fill: var(--trend-person); stroke: var(--trend-person); stroke-dasharray: 6 3; background: var(--trend-person); }
.stage-verified { fill: var(--trend-good); stroke: var(--trend-good); stroke-dasharray: 2 3; background: var(--trend-good); }
.plot circle { stroke: none; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; list-style: none; margin: 0 0 8px; padding: 0; font-size: 13px; color: var(--quiet); }
.legend .mark { display: inline-block; width: 11px; height: 11px; margin-right: 6px; border-radius: 2px; }
.skip { position: absolute; left: -9999px; top: 8px; background: var(--card); padding: 8px 14px; border-radius: 8px; z-index: 1; }
.skip:focus { left: 12px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.stale:not([hidden]) { margin-top: 12px; padding: 8px 16px; border-radius: 8px; background: var(--bad-soft); color: var(--bad); font-weight: 600; }
.stale:not([hidden]) + #content { filter: grayscale(1); }
.foot { padding-bottom: 32px; }
@media (max-width: 620px) {
  #content, .stale, .foot { padding: 0 12px; }
  .who { padding: 12px 12px 0; }
  header { padding-top: 16px; }
  nav { margin-left: 0; }
  .timeline li { grid-template-columns: minmax(0, 1fr); }
  a, summary { line-height: 1.6; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
