/** How it went, week by week: for all repositories, and for each where there are several. Each picture has its numbers in a table. */
import { html, raw } from "hono/html";
import { formatDuration } from "../../remediation/prose/format-duration.ts";
import type { IncidentRecord } from "../../store/store.ts";
import { outcomePlot, timesPlot } from "../trends/trend-plots.ts";
import { dayOf, outcomeNames, stageNames } from "../trends/trend-words.ts";
import { outcomes, stages, type TrendWeek } from "../trends/trends.ts";
import { line, type Markup } from "./markup.ts";

export interface RepositoryTrends {
  /** undefined: all of them. */
  readonly repository: string | undefined;
  readonly weeks: readonly TrendWeek[];
}

const mostRepositories = 20;

/** All first, then by name; empty where no incident is known. */
export function repositoryTrends(
  records: readonly IncidentRecord[],
  weeksOf: (records: readonly IncidentRecord[]) => readonly TrendWeek[],
): readonly RepositoryTrends[] {
  const weeks = weeksOf(records);
  if (weeks.length === 0) return [];
  const groups = [...Map.groupBy(records, ({ incident }) => incident.repository)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const each = groups
    .map(([repository, of]) => ({ repository, weeks: weeksOf(of) }))
    .filter((one) => one.weeks.length > 0);
  return [{ repository: undefined, weeks }, ...(each.length > 1 ? each : [])];
}

export function trendsCard(trends: readonly RepositoryTrends[]): Markup {
  const [all, ...each] = trends;
  const more = each.length - mostRepositories;
  return html`<div class="card">
    ${all === undefined ? "" : plots(all, "trend")}
    ${each.slice(0, mostRepositories).map(
      (one, index) => html`<details id="trend-${index}-of">
        <summary>${line(one.repository ?? "")}</summary>
        ${plots(one, `trend-${index}`)}
      </details>`,
    )}
    ${more > 0 ? html`<p class="quiet">${more} more repositories aren't shown.</p>` : ""}
  </div>`;
}

function plots({ weeks, repository }: RepositoryTrends, id: string): Markup {
  const isTimed = weeks.some(({ times }) => times.proposed.cases > 0);
  const legend = (names: readonly (readonly [string, string])[]) =>
    html`<ul class="legend" aria-hidden="true">${names.map(([mark, name]) => html`<li><span class="${mark}"></span>${name}</li>`)}</ul>`;
  return html`<h3>Incidents by week and outcome</h3>
    ${raw(outcomePlot(weeks, `${id}-outcomes`))}
    ${legend(outcomes.map((outcome) => [`mark outcome-${outcome}`, outcomeNames[outcome]]))}
    ${
      isTimed
        ? html`<h3>Time from the first alert, medians by week</h3>
    ${raw(timesPlot(weeks, `${id}-times`))}
    ${legend(stages.map((stage) => [`mark stage-${stage}`, stageNames[stage]]))}`
        : ""
    }
    <details id="${id}-table">
      <summary>The numbers</summary>
      <div class="scroll" role="group" tabindex="0" aria-label="The numbers of ${repository === undefined ? "all repositories" : line(repository)}">
        <table>
          <thead><tr><th scope="col">week of</th>${outcomes.map((outcome) => html`<th scope="col">${outcomeNames[outcome]}</th>`)}${stages.map((stage) => html`<th scope="col">${stageNames[stage]}</th>`)}</tr></thead>
          <tbody>${weeks.map(row)}</tbody>
        </table>
      </div>
    </details>`;
}

function row({ from, counts, times }: TrendWeek): Markup {
  const time = ({ medianMs, cases }: TrendWeek["times"]["merged"]) =>
    medianMs === undefined
      ? html`<td>none</td>`
      : html`<td>${formatDuration(medianMs)} <small>of ${cases}</small></td>`;
  return html`<tr>
    <th scope="row">${dayOf(from)}</th>
    ${outcomes.map((outcome) => html`<td>${counts[outcome]}</td>`)}
    ${stages.map((stage) => time(times[stage]))}
  </tr>`;
}
