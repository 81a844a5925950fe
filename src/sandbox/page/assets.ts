/** The page's style sheet and its few lines of script, served from here so that the page works without a network. */

export const styleSheet = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f6f4, #131519);
  --card: light-dark(#ffffff, #1b1e24);
  --edge: light-dark(#e3e3df, #2b3038);
  --text: light-dark(#22252a, #e4e6ea);
  --quiet: light-dark(#6b7078, #99a0ab);
  --grid: light-dark(#ececea, #262a31);
  --bad: light-dark(#c2362f, #ff7b72);
  --bad-soft: light-dark(#fbe6e4, #47211f);
  --good: light-dark(#1d7f45, #56c98a);
  --good-soft: light-dark(#e0f3e7, #173825);
  --act: light-dark(#2e5fd0, #84aaff);
  --act-soft: light-dark(#e5ecfc, #1d2c52);
  --plain-soft: light-dark(#ededea, #2a2f37);
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 48px; display: grid; gap: 16px; }
header { display: flex; justify-content: space-between; align-items: center; gap: 16px; flex-wrap: wrap; }
h1 { margin: 0; font-size: 24px; letter-spacing: -0.01em; }
h1 span { color: var(--quiet); font-weight: 400; }
header p { margin: 2px 0 0; color: var(--quiet); }
header p::first-letter { text-transform: uppercase; }
h2 { margin: 0 0 12px; font-size: 15px; font-weight: 600; }
h3 { margin: 16px 0 6px; font-size: 14px; font-weight: 600; }
h3 em { font-style: normal; color: var(--act); }
a { color: var(--act); }
code, pre { font-family: var(--mono); font-size: 12.5px; }
.quiet { color: var(--quiet); }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: 16px 18px; min-width: 0; }
header .status { margin: 0; padding: 6px 16px; border-radius: 999px; font-weight: 600; }
.status.good { background: var(--good-soft); color: var(--good); }
.status.bad { background: var(--bad-soft); color: var(--bad); }
.status.calm { background: var(--plain-soft); color: var(--quiet); }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 16px; }
.numbers dl { margin: 0; background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: 10px 18px 12px; }
.numbers dt { color: var(--quiet); font-size: 13px; }
.numbers dd { margin: 0; font-size: 21px; font-weight: 600; font-variant-numeric: tabular-nums; }
#chart { overflow-x: auto; }
.chart { display: block; width: 100%; min-width: 660px; height: auto; }
.numbers small { font-size: 13px; font-weight: 400; color: var(--quiet); }
.chart text { font: 11.5px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--quiet); }
.chart .grid { stroke: var(--grid); }
.chart .axis { stroke: var(--edge); }
.chart .line { fill: none; stroke: var(--bad); stroke-width: 2; stroke-linejoin: round; }
.chart .area { fill: var(--bad-soft); opacity: 0.75; }
.chart .threshold { stroke: var(--quiet); stroke-dasharray: 3 4; }
.chart .mark line { stroke: var(--quiet); stroke-dasharray: 2 3; }
.chart .mark rect { fill: var(--plain-soft); }
.chart .mark.bad line { stroke: var(--bad); } .chart .mark.bad rect { fill: var(--bad-soft); }
.chart .mark.bad text { fill: var(--bad); }
.chart .mark.act line { stroke: var(--act); } .chart .mark.act rect { fill: var(--act-soft); }
.chart .mark.act text { fill: var(--act); }
.chart .mark.good line { stroke: var(--good); } .chart .mark.good rect { fill: var(--good-soft); }
.chart .mark.good text { fill: var(--good); }
.chart .run rect { fill: var(--plain-soft); }
.chart .run.good rect { fill: var(--good-soft); } .chart .run.good text { fill: var(--good); }
.chart .run.bad rect { fill: var(--bad-soft); } .chart .run.bad text { fill: var(--bad); }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 16px; align-items: start; }
.stack { display: grid; gap: 16px; min-width: 0; }
.story { list-style: none; margin: 0; padding: 0; }
.story li { display: grid; grid-template-columns: 52px 74px 1fr; gap: 10px; padding: 5px 0; border-top: 1px solid var(--grid); }
.story li:first-child { border-top: 0; }
.story li > * { overflow-wrap: anywhere; min-width: 0; }
.story time { color: var(--quiet); text-align: right; font-variant-numeric: tabular-nums; }
.story .actor { font-weight: 600; color: var(--quiet); }
.story .remit .actor { color: var(--act); }
.story .alerts .actor { color: var(--bad); }
.badge { font-size: 12px; font-weight: 600; padding: 2px 9px; border-radius: 999px; margin-left: 4px; background: var(--plain-soft); }
.badge.open { background: var(--good-soft); color: var(--good); }
.badge.merged { background: var(--act-soft); color: var(--act); }
.pull-title { margin: 0 0 10px; overflow-wrap: anywhere; }
pre { margin: 0; overflow-x: auto; }
.diff { border: 1px solid var(--edge); border-radius: 8px; padding: 8px 0; }
.diff span { display: block; padding: 0 12px; white-space: pre; min-width: max-content; }
.diff .meta { color: var(--quiet); }
.diff .added { background: var(--good-soft); color: var(--good); }
.diff .removed { background: var(--bad-soft); color: var(--bad); }
.operands { border-collapse: collapse; width: 100%; font-size: 13.5px; }
.operands th, .operands td { text-align: left; vertical-align: top; padding: 4px 10px 4px 0; border-top: 1px solid var(--grid); font-weight: 400; }
.operands tr:first-child th, .operands tr:first-child td { border-top: 0; }
.operands th { color: var(--quiet); white-space: nowrap; }
.operands .deciding code { color: var(--act); font-weight: 700; }
.commits { list-style: none; margin: 0; padding: 0; }
.commits li { display: grid; grid-template-columns: 92px 1fr; gap: 10px; padding: 6px 0; border-top: 1px solid var(--grid); }
.commits li:first-child { border-top: 0; }
.commits div { min-width: 0; }
.commits strong { font-weight: 500; }
.trailers { margin-top: 4px; color: var(--quiet); white-space: pre-wrap; overflow-wrap: anywhere; }
footer { display: flex; flex-wrap: wrap; gap: 8px 20px; font-size: 14px; }
`;

/** Asks for the content each second, and swaps only the sections that changed. Ends when the demo has ended. */
export const script = `
const everyMs = 1000;
const parser = new DOMParser();
async function refresh() {
  try {
    const response = await fetch("/content", { cache: "no-store" });
    const next = parser.parseFromString(await response.text(), "text/html");
    for (const section of next.querySelectorAll("[id]")) {
      const old = document.getElementById(section.id);
      if (old !== null && old.innerHTML !== section.innerHTML) old.replaceWith(document.importNode(section, true));
    }
    if (response.headers.get("x-demo-outcome") !== "running") return;
  } catch {
    document.title = "Remit demo: ended";
    return;
  }
  setTimeout(refresh, everyMs);
}
setTimeout(refresh, everyMs);
`;
