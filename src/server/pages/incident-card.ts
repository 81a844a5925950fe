/** One incident: how it stands, whom it waits for, its alerts, what Remit does about it, and what happened so far. */
import { html } from "hono/html";
import type { Instant } from "../../clock.ts";
import type { Incident, IncidentAlert } from "../../incidents/incident.ts";
import { calling } from "../../remediation/calling.ts";
import { holdOf } from "../../remediation/comments/hold-of.ts";
import { incidentState } from "../../remediation/prose/issue-body.ts";
import type { Response, TimelineEntry } from "../../remediation/response.ts";
import type { IncidentRecord } from "../../store/store.ts";
import { targetName } from "../../target.ts";
import { unansweredSince } from "../incident-summary.ts";
import { changes } from "./change-view.ts";
import { ago, line, type Markup, moment, onGitHub, prose } from "./markup.ts";

export interface CardInput {
  readonly record: IncidentRecord;
  readonly now: Instant;
  readonly webUrl: string | undefined;
}

const mostAlerts = 5;
const mostEntries = 40;

export function incidentCard(input: CardInput): Markup {
  const { incident, response } = input.record;
  const id = `incident-${encodeURIComponent(incident.id)}`;
  const over = response.closed !== undefined;
  const state = incidentState({ response, remediation: response.remediations.at(-1) });
  return html`<article class="card" id="${id}" aria-labelledby="${id}-name">
    <h3 id="${id}-name"><span>${line(targetName(incident.target))}</span> ${pill(input)}</h3>
    <p class="quiet">${where(input)}</p>
    <p>${prose(state)}</p>
    ${waits(input)} ${reasons(response)}
    ${over ? "" : html`<h4>Alerts</h4>${alertList(incident)}`}
    ${changes(input, id)}
    ${over ? folded("Timeline", timeline(response.timeline, id), id) : html`<h4>Timeline</h4>${timeline(response.timeline, id)}`}
  </article>`;
}

function folded(name: string, content: Markup, id: string): Markup {
  return html`<details id="${id}-timeline"><summary>${name}</summary>${content}</details>`;
}

function pill({ record, now }: CardInput): Markup {
  const { response } = record;
  const [tone, words] = standing(record, now);
  return html`<span class="pill ${tone}" data-state="${response.closed?.outcome ?? "open"}">${words}</span>`;
}

type Tone = "good" | "bad" | "act" | "calm";

function standing(record: IncidentRecord, now: Instant): readonly [Tone, string] {
  const { response } = record;
  const { closed, escalated } = response;
  if (closed !== undefined) return outcomes[closed.outcome];
  if (unansweredSince(record.response) !== undefined) return ["bad", "needs a person"];
  if (holdOf({ response, now }) !== undefined) return ["calm", "held"];
  return escalated === undefined ? ["act", "at work"] : ["calm", "with a person"];
}

const outcomes = {
  recovered: ["good", "recovered"],
  "resolved-without-change": ["good", "resolved by itself"],
  "handed-off": ["calm", "handed to a person"],
  abstained: ["calm", "left alone"],
} as const;

function where({ record: { incident, response }, webUrl }: CardInput): Markup {
  const { repository } = incident;
  const link = (path: string, label: string) => html` · ${onGitHub(webUrl, repository, path, label)}`;
  const pulls = response.remediations.flatMap(({ pullNumber }) => pullNumber ?? []);
  return html`${line(repository)} · began ${ago(incident.openedAt)}${
    response.closed === undefined ? "" : html` · ended ${ago(response.closed.at)}`
  }${response.issueNumber === undefined ? "" : link(`issues/${response.issueNumber}`, `issue #${response.issueNumber}`)}${pulls.map(
    (number) => link(`pull/${number}`, `pull request #${number}`),
  )}`;
}

/** Who is called, and who holds it. */
function waits({ record, now }: CardInput): Markup | "" {
  const { response } = record;
  const since = unansweredSince(response);
  const { by, until } = response.asked?.held ?? {};
  const held =
    response.closed === undefined && holdOf({ response, now }) !== undefined
      ? html`<p class="waits">Held by <b>${line(by ?? "somebody")}</b>${until === undefined ? "" : html` until ${moment(until)}`}.</p>`
      : "";
  if (since === undefined) return held;
  const times = 1 + (response.escalated?.again?.times ?? 0);
  const { to } = calling(response);
  return html`${held}<p class="waits bad">
      Waits for ${to.length === 0 ? "a person" : html`<b>${to.map((name) => line(name)).join(", ")}</b>`}: called ${ago(since)}${
        times === 1 ? "" : `, ${times} times by now`
      }.
    </p>`;
}

/** Why a person was called, or why it ended so. */
function reasons({ closed, escalated }: Response): Markup | "" {
  const all = closed?.reasons ?? escalated?.reasons ?? [];
  if (all.length === 0) return "";
  return html`<ul class="reasons">${all.map(({ code, message }) => html`<li>${line(message)} <code>${code}</code></li>`)}</ul>`;
}

function alertList({ alerts, unlisted }: Incident): Markup {
  const firstFiring = alerts.toSorted((a, b) => Number(b.status === "firing") - Number(a.status === "firing"));
  const beyond = alerts.length - mostAlerts + Object.keys(unlisted?.firing ?? {}).length;
  const more = beyond > 0 ? html`<p class="quiet">${beyond} more aren't shown.</p>` : "";
  if (alerts.length === 0) return html`<p class="quiet">None.</p>`;
  return html`<ul class="alerts">${firstFiring.slice(0, mostAlerts).map(alertItem)}</ul>${more}`;
}

function alertItem({ labels, annotations, status, startsAt, source, fingerprint }: IncidentAlert): Markup {
  const summary = annotations.summary ?? annotations.description;
  return html`<li class="${status}">
    <code>${line(labels.alertname ?? fingerprint, 200)}</code> is ${status}, began ${ago(startsAt)}, said by ${line(source, 80)}
    ${summary === undefined ? "" : html`<br /><span class="quiet">${line(summary, 300)}</span>`}
  </li>`;
}

function timeline(entries: readonly TimelineEntry[], id: string): Markup {
  if (entries.length === 0) return html`<p class="quiet">Nothing yet.</p>`;
  const first = Math.max(0, entries.length - mostEntries);
  const more = first > 0 ? html`<p class="quiet">${first} older entries aren't shown.</p>` : "";
  return html`${more}<ol class="timeline">${entries
    .slice(first)
    .map(
      ({ at, event, message }, index) =>
        html`<li id="${id}-${first + index}" data-event="${line(event, 40)}" data-news>${moment(at)} <span>${line(message)}</span></li>`,
    )}</ol>`;
}
