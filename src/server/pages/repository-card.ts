/** What Remit may do in one repository, and what keeps it from doing so now. */
import { html } from "hono/html";
import type { Grant } from "../../authority/authority.ts";
import { formatPolicyMistake } from "../../authority/format-policy-mistake.ts";
import { policyOperand } from "../../authority/policy-operands.ts";
import type { Dashboard, OpenWindow } from "../../remediation/dashboard/dashboard.ts";
import type { StandingLease } from "../../remediation/standing-leases.ts";
import type { RepositoryStanding } from "../standing.ts";
import type { RepositoryStorm } from "../storm-watch.ts";
import { ago, codes, items, line, type Markup, moment, onGitHub } from "./markup.ts";

export interface RepositoryInput {
  readonly standing: RepositoryStanding;
  readonly storm: RepositoryStorm | undefined;
  readonly webUrl: string;
  readonly canSwitch: boolean;
}

const listed = 50;

export function repositoryCard({ standing, storm, webUrl, canSwitch }: RepositoryInput): Markup {
  const { repository, dashboard, fetchedAt } = standing;
  const id = `repository-${encodeURIComponent(repository)}`;
  const name = onGitHub(webUrl, repository, "", line(repository));
  return html`<article class="card" id="${id}" aria-labelledby="${id}-name">
    <h3 id="${id}-name"><span>${name}</span> ${dashboard === undefined ? "" : stopPill(dashboard)}</h3>
    ${storm === undefined ? "" : breaker(storm)}
    ${canSwitch ? switches(standing) : ""}
    ${dashboard === undefined ? unread(fetchedAt !== undefined) : known(dashboard, standing, webUrl)}
  </article>`;
}

/** They belong to a form of whoever is signed in; nobody else sees them. Where it isn't known how it stands, both are there. */
function switches({ repository, dashboard, stopLookedAt }: RepositoryStanding): Markup | "" {
  const isKnown = dashboard !== undefined && stopLookedAt !== undefined;
  const canStart = !isKnown || dashboard.stop.issue !== undefined;
  const canStop = dashboard === undefined || !isStopped(dashboard);
  const button = (name: "stop" | "start", words: string) =>
    html`<button class="${name}" form="switch" name="${name}" value="${repository}">${words}<span class="unseen"> in ${line(repository)}</span></button>`;
  if (!canStop && !canStart) return "";
  return html`<p class="switches">${canStop ? button("stop", "Stop Remit") : ""} ${canStart ? button("start", "Start Remit again") : ""}</p>`;
}

function unread(isCloned: boolean): Markup {
  return html`<p class="quiet">
    ${isCloned ? "It can't be read at the moment: see the log." : "Not cloned yet: that happens within a minute, or with its first alert."}
  </p>`;
}

function breaker({ breaker: state, sickServices, changesUnderWay, full }: RepositoryStorm): Markup | "" {
  if (state === "ready" && !full) return "";
  return html`<p class="waits bad">
    ${state === "tripped" ? `${sickServices} services are sick at once: Remit merges nothing without a person. ` : ""}${
      full ? `${changesUnderWay} changes are under way: further ones wait.` : ""
    }
  </p>`;
}

export function isStopped({ stop }: Dashboard): boolean {
  return stop.file || stop.environment || stop.issue !== undefined;
}

function stopPill(dashboard: Dashboard): Markup {
  return isStopped(dashboard)
    ? html`<span class="pill bad" data-stop="on">stopped</span>`
    : html`<span class="pill good" data-stop="off">at work</span>`;
}

function known(dashboard: Dashboard, { repository, stopLookedAt }: RepositoryStanding, webUrl: string): Markup {
  const { stop, windows, leases, runbooks, authority } = dashboard;
  const mistakes = [
    ...(authority.kind === "invalid" ? authority.mistakes : []),
    ...(runbooks.kind === "invalid" ? runbooks.mistakes : []),
  ];
  const switches = [
    ...(stop.issue === undefined ? [] : [onGitHub(webUrl, repository, `issues/${stop.issue}`, `issue #${stop.issue}`)]),
    ...(stop.file ? [html`<code>.github/remit/STOP</code> on the default branch`] : []),
    ...(stop.environment ? [html`<code>REMIT_STOP</code> where Remit runs`] : []),
  ];
  return html`${switches.length === 0 ? "" : html`<p class="waits bad">Remit only watches. What stops it: ${switches.map((each, index) => html`${index === 0 ? "" : ", "}${each}`)}.</p>`}
    <p class="quiet">
      ${stopLookedAt === undefined ? html`Whether an issue stops Remit is asked with each incident only.` : html`Issues that stop Remit were looked for ${ago(stopLookedAt)}.`}
    </p>
    ${
      mistakes.length === 0
        ? ""
        : html`<h4>Mistakes in the policy</h4>
    <p>Remit suggests at most until these are mended.</p>
    <ul class="reasons">${mistakes.slice(0, listed).map((mistake) => html`<li>${line(formatPolicyMistake(mistake), 500)}</li>`)}</ul>`
    }
    <h4>Grants</h4>
    ${grants(dashboard, repository)}
    <h4>Frozen now</h4>
    ${items(windows, listed, windowItem, "Nothing.")}
    <h4>For a time only</h4>
    ${leases === "unreadable" ? html`<p>What Remit did before can't be read.</p>` : items(leases, listed, leaseItem, "Nothing.")}`;
}

function grants({ authority: state }: Dashboard, repository: string): Markup {
  if (state.kind !== "present")
    return html`<p>Nothing beyond suggestions: ${line(policyOperand(state).reason.message, 500)}.</p>`;
  const { grants: all, version } = state.authority;
  const more = all.length > listed ? html`<p class="quiet">${all.length - listed} more aren't shown.</p>` : "";
  return html`<div class="scroll" role="group" tabindex="0" aria-label="Grants in ${line(repository)}">
      <table>
        <thead>
          <tr>
            ${["services", "environments", "actions", "at most", "mode", "grant"].map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>${all.slice(0, listed).map(grantRow)}</tbody>
      </table>
    </div>
    ${more}
    <p class="quiet">By policy version ${version}. Limits, freezes, breakers, evidence and risk only lower it; the lowest of all grants that match counts.</p>`;
}

function grantRow({ name, match, tier, mode }: Grant): Markup {
  return html`<tr>
    <td>${named(match.services)}</td>
    <td>${named(match.environments)}</td>
    <td>${named(match.actions)}</td>
    <td><span class="pill tier-${tier}">${tier}</span></td>
    <td>${mode}</td>
    <td>${line(name, 80)}</td>
  </tr>`;
}

function named(names: readonly string[]): Markup {
  return names.length === 1 && names[0] === "*" ? html`all` : codes(names);
}

function windowItem({ until, reason, environments, services }: OpenWindow): Markup {
  return html`<p>
    Environments ${named(environments)}, services ${named(services)}${until === undefined ? "" : html`, until ${moment(until)}`}${
      reason === undefined ? "" : `: ${line(reason, 200)}`
    }
  </p>`;
}

function leaseItem({ record, end, expired }: StandingLease): Markup {
  const { action, target, commit, lease } = record;
  const left = end?.outcome === "refused" ? end.reasons[0]?.code : undefined;
  return html`<p>
    <code>${line(action, 80)}</code> of <code>${line(target, 200)}</code> (${commit.slice(0, 12)}) ${expired ? "was to hold" : "holds"}
    until ${moment(lease.expiresAt)}${left === undefined ? "" : html`, left to people <code>${left}</code>`}
  </p>`;
}
