/** How Remit itself is: whether it works, what waits, who was heard, what GitHub allows. */
import { html } from "hono/html";
import type { Instant } from "../../clock.ts";
import { capitalized } from "../../remediation/prose/capitalized.ts";
import type { Trouble, TroubleKind } from "../../remediation/watchdog/trouble.ts";
import { troubleWords } from "../../remediation/watchdog/trouble-words.ts";
import type { Standing } from "../standing.ts";
import { ago, line, type Markup, moment } from "./markup.ts";
import type { Health, StatusView } from "./status-view.ts";

/** As the probe has it: silent for so long, it is stuck. */
const stuckMs = 60_000;
/** What is due is taken at once, unless others are ahead of it. */
const lateMs = 60_000;

export function healthCard({ health, standing, now }: StatusView): Markup {
  return html`<div class="card">
    ${broken(health.troubles)}
    <dl class="facts">${facts(health, standing, now).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    <h3>Sources</h3>
    ${table(
      "Sources",
      ["source", "kind", "last heard"],
      health.sources.map(({ name, type, at }) => [name, type, at === undefined ? "never" : ago(at)]),
    )}
    ${standing === undefined ? "" : fromGitHub(standing)}
  </div>`;
}

/** By the watchdog. The page says nothing where nothing is broken. */
function broken(troubles: readonly Trouble[]): Markup | "" {
  if (troubles.length === 0) return "";
  return html`<h3>Broken</h3>
    <ul class="reasons" id="broken">${troubles.slice(0, mostTroubles).map(brokenItem)}</ul>
    ${troubles.length > mostTroubles ? html`<p class="quiet">${troubles.length - mostTroubles} more aren't shown.</p>` : ""}`;
}

const mostTroubles = 30;

function brokenItem(trouble: Trouble): Markup {
  const { kind, repository, since } = trouble;
  const { what, todo, more } = troubleWords(trouble);
  return html`<li>
    ${capitalized(line(what))}${repository === undefined ? "" : html` (${line(repository)})`}, since ${ago(since)} <code>${kind}</code>
    ${more === undefined ? "" : html`<br /><span class="quiet">${capitalized(more.name)}: <code>${line(more.text, 300)}</code></span>`}
    <br /><span class="quiet">${todo}</span>
  </li>`;
}

/** The watchdog's are told in these words already. */
const toldElsewhere: ReadonlySet<TroubleKind> = new Set(["worker-stuck", "queue-stuck", "deliveries-parked"]);

/** In words, worst first; empty: all is well. */
export function troubles({ health, now }: Pick<StatusView, "health" | "now">): readonly string[] {
  const { workedAt, inbox, clockWrong, queue } = health;
  const others = health.troubles.filter(({ kind }) => !toldElsewhere.has(kind)).length;
  return [
    ...(others > 0 ? [`${others} ${others === 1 ? "thing is" : "things are"} broken`] : []),
    ...(workedAt === undefined || now - workedAt > stuckMs ? ["the worker is silent"] : []),
    ...(clockWrong > 0 ? ["the clock of this machine is wrong"] : []),
    ...(inbox.parked > 0 ? [`${inbox.parked} parked`] : []),
    ...(queue.dueAt !== undefined && now - queue.dueAt > lateMs ? ["work waits"] : []),
  ];
}

type Fact = readonly [string, Markup | string];

function facts(health: Health, standing: Standing | undefined, now: Instant): readonly Fact[] {
  const { queue, inbox, workedAt, clockWrong } = health;
  return [
    ["Worker", worker(workedAt, now)],
    [
      "Queue",
      html`${queue.size} ${queue.dueAt === undefined || queue.dueAt > now ? "" : html`<small>the oldest due ${ago(queue.dueAt)}</small>`}`,
    ],
    ["Inbox", html`${inbox.pending} <small>pending</small> ${inbox.parked} <small>parked</small>`],
    ["Clock", clockWrong === 0 ? "right" : html`wrong <small>by GitHub's time, in ${clockWrong} incidents</small>`],
    ["Language model", standing === undefined ? "unknown" : standing.model ? "configured" : "none, none is needed"],
    ["Store", html`<small>${line(health.store)}</small>`],
    ["Version", line(health.version)],
  ];
}

/** Not when exactly it looked: the page would change each second. */
function worker(workedAt: Instant | undefined, now: Instant): Markup | string {
  if (workedAt === undefined) return "hasn't looked yet";
  return now - workedAt > stuckMs ? html`silent <small>since ${ago(workedAt)}</small>` : "at work";
}

function fromGitHub({ budgets, repositories }: Standing): Markup {
  const left = budgets.map(({ account, resource, remaining, limit, resetAt, at }) => [
    line(account),
    resource,
    `${remaining} of ${limit}`,
    moment(resetAt),
    ago(at),
  ]);
  const clones = repositories.map(({ repository, fetchedAt }) => [
    line(repository),
    fetchedAt === undefined ? "not cloned yet" : ago(fetchedAt),
  ]);
  return html`<h3>Requests left at GitHub</h3>
    ${
      left.length === 0
        ? html`<p class="quiet">GitHub hasn't been asked since this process started.</p>`
        : table("Requests left at GitHub", ["account", "kind", "left", "begins anew", "as of"], left)
    }
    <h3>Clones</h3>
    ${table("Clones", ["repository", "last brought up to date"], clones)}`;
}

function table(name: string, heads: readonly string[], rows: readonly (readonly (Markup | string)[])[]): Markup {
  if (rows.length === 0) return html`<p class="quiet">None.</p>`;
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${name}">
    <table class="short">
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
    </table>
  </div>`;
}
