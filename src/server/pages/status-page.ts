/** The status page: what is happening, what Remit may do, what it did, and how it is itself. Whole without a script; read only. */
import { html } from "hono/html";
import { unansweredSince } from "../incident-summary.ts";
import type { Session } from "../sign-in/sessions.ts";
import { healthCard, troubles } from "./health-card.ts";
import { incidentCard } from "./incident-card.ts";
import { items, line, type Markup, prose } from "./markup.ts";
import { isStopped, repositoryCard } from "./repository-card.ts";
import type { StatusView } from "./status-view.ts";
import { trendsCard } from "./trends-card.ts";

const mostOpen = 50;
const mostClosed = 10;
const mostRepositories = 50;

const names = {
  happening: "Happening now",
  did: "What it did",
  trends: "How it went",
  may: "What Remit may do",
  itself: "Remit itself",
} as const;
type Section = keyof typeof names;

/** Side by side where there is room. */
const columns = [
  ["happening", "did"],
  ["may", "trends", "itself"],
] as const satisfies readonly (readonly Section[])[];

/** `content` is what `statusContent` made; `tag` names it, for the script's first question. */
export function statusPage(content: Markup, tag: string, view: StatusView, person?: Session): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Remit: status</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/status/style.css" />
        <script src="/status/script.js" defer></script>
      </head>
      <body class="${person === undefined ? "" : "signed-in"}">
        <a class="skip" href="#happening">Skip to what is happening</a>
        <div id="news" class="unseen" role="status" aria-live="polite"></div>
        <p id="stale" class="stale" role="alert" hidden></p>
        ${view.canSwitch ? whoCard(person) : ""}
        <div id="content" data-tag="${tag}" data-now="${view.now}">${content}</div>
        <noscript><p class="foot"><a href="/">Load again</a> for what is new: without scripts this page doesn't renew itself.</p></noscript>
      </body>
    </html>`;
}

/** Apart from what all see: whose page it is, and the form that the switches in the content belong to. */
function whoCard(person: Session | undefined): Markup {
  if (person === undefined)
    return html`<section class="who" aria-label="Your account"><p><a href="/sign-in">Sign in with GitHub</a> to stop or start Remit.</p></section>`;
  const { login, csrf, said } = person;
  const token = html`<input type="hidden" name="csrf" value="${csrf}" />`;
  return html`<section class="who" aria-label="Your account">
    <form id="switch" method="post" action="/switch">${token}</form>
    <form method="post" action="/sign-out">${token}<p>Signed in as <b>${line(login, 100)}</b>. <button>Sign out</button></p></form>
    ${said === undefined ? "" : html`<p id="said" class="waits" role="status" tabindex="-1">${prose(said)}</p>`}
  </section>`;
}

/** All that changes. */
export function statusContent(view: StatusView): Markup {
  const { closed, now, standing, storms } = view;
  const webUrl = standing?.webUrl;
  const card = (record: StatusView["open"][number]) => incidentCard({ record, now, webUrl });
  const repositories = standing?.repositories ?? [];
  const repository = (each: (typeof repositories)[number]) =>
    repositoryCard({
      standing: each,
      storm: storms.find((storm) => storm.repository === each.repository),
      webUrl: webUrl ?? "",
      canSwitch: view.canSwitch,
    });
  const contents = {
    happening: items(byNeed(view), mostOpen, card, "No incident is open."),
    may: items(repositories, mostRepositories, repository, "No repository is configured yet, and none was heard of."),
    did: items(closed, mostClosed, card, "Nothing lately."),
    trends: view.trends.length === 0 ? undefined : trendsCard(view.trends),
    itself: healthCard(view),
  };
  const shown = columns.map((ids) => ids.filter((id) => contents[id] !== undefined));
  return html`<header>
      <h1>Remit</h1>
      ${overall(view)}
      <nav aria-label="Sections"><ul>${shown.flat().map((id) => html`<li><a href="#${id}">${names[id]}</a></li>`)}</ul></nav>
    </header>
    <main>
      ${shown.map((ids) => html`<div class="column">${ids.map((id) => section(id, contents[id] ?? html``))}</div>`)}
    </main>`;
}

function section(id: Section, content: Markup): Markup {
  return html`<section id="${id}" tabindex="-1" aria-labelledby="${id}-name">
    <h2 id="${id}-name">${names[id]}</h2>
    ${content}
  </section>`;
}

/** Whoever is waited for comes first. */
function byNeed({ open }: StatusView): StatusView["open"] {
  return open.toSorted((a, b) => Number(needsPerson(b)) - Number(needsPerson(a)));
}

function needsPerson({ response }: StatusView["open"][number]): boolean {
  return unansweredSince(response) !== undefined;
}

/** In a few words: the worst first. */
function overall(view: StatusView): Markup {
  const { open, standing } = view;
  const waiting = open.filter(needsPerson).length;
  const stopped = (standing?.repositories ?? []).filter(
    ({ dashboard }) => dashboard !== undefined && isStopped(dashboard),
  );
  const own = troubles(view);
  const words = [
    ...(waiting > 0 ? [`${count(waiting, "incident")} ${waiting === 1 ? "needs" : "need"} a person`] : []),
    ...(stopped.length > 0 ? [`stopped in ${count(stopped.length, "repository", "repositories")}`] : []),
    ...own,
  ];
  if (words.length > 0) return html`<p class="pill bad" id="overall">${words.join(", ")}</p>`;
  if (open.length > 0) return html`<p class="pill act" id="overall">${count(open.length, "incident")} at work</p>`;
  return html`<p class="pill good" id="overall">all quiet</p>`;
}

function count(number: number, one: string, more: string = `${one}s`): string {
  return `${number} ${number === 1 ? one : more}`;
}
