/** What Remit changed, or would change: the difference, the tier that it got, and the reason that decided it. */
import { html } from "hono/html";
import type { Candidate } from "../../actions/candidate.ts";
import { lowest } from "../../authority/lowest.ts";
import type { Operand, Verdict } from "../../authority/verdict.ts";
import { unifiedDiff } from "../../remediation/prose/unified-diff.ts";
import { cleanBlock } from "../../remediation/prose/untrusted.ts";
import type { Remediation } from "../../remediation/response.ts";
import type { CardInput } from "./incident-card.ts";
import { line, type Markup, moment, onGitHub } from "./markup.ts";

const diffLimit = 20_000;

/** What was written to git; where nothing was, what the plan says. */
export function changes(input: CardInput, id: string): Markup | "" {
  const { plan, remediations, escalated, closed } = input.record.response;
  if (remediations.length > 0)
    return html`${remediations.map((each, index) => written(each, input, `${id}-change-${index}`))}`;
  const outcome = plan?.outcome;
  if (outcome === undefined) return "";
  if (outcome.kind === "abstain") {
    // They are what the person was called with, then.
    if (escalated !== undefined || closed !== undefined) return "";
    const list = outcome.reasons.map(({ code, message }) => html`<li>${line(message)} <code>${code}</code></li>`);
    return html`<h4>Why Remit changes nothing</h4><ul class="reasons">${list}</ul>`;
  }
  const { candidate, verdict } = outcome;
  return html`<h4>Remit would ${line(candidate.title)}</h4>${why(verdict, `${id}-plan`)}${difference(candidate, `${id}-plan`)}`;
}

function written(remediation: Remediation, { record, webUrl }: CardInput, id: string): Markup {
  const { kind, candidate, verdict, merged, delivered, ended } = remediation;
  const commit = merged?.commit ?? remediation.commit;
  return html`<h4>${kind === "undo" ? "Undo" : "Change"}: ${line(candidate.title)}</h4>
    ${why(verdict, id)}
    <p class="quiet">
      ${merged === undefined ? (commit === undefined ? "Not merged" : "Not merged; on its branch") : html`Merged ${moment(merged.at)}`}${
        commit === undefined
          ? ""
          : html` as ${onGitHub(webUrl, record.incident.repository, `commit/${commit}`, line(commit.slice(0, 12)))}`
      }${delivered === undefined ? "" : html`, applied ${moment(delivered.at)}`}${
        ended === undefined ? "" : html`; ${ended.outcome} ${moment(ended.at)}: ${line(ended.reason.message)}`
      }.
    </p>
    ${difference(candidate, id)}`;
}

function why(verdict: Verdict, id: string): Markup {
  const { name, reason } = lowest(verdict.operands);
  return html`<p>
      <span class="pill tier-${verdict.tier}">${verdict.tier}</span> by ${name}: ${line(reason.message)} <code>${reason.code}</code>
    </p>
    <details id="${id}-why">
      <summary>All that was looked at (${verdict.operands.length})</summary>
      <div class="scroll" role="group" tabindex="0" aria-label="All that was looked at">
        <table>
          <thead><tr><th scope="col">looked at</th><th scope="col">allows</th><th scope="col">why</th></tr></thead>
          <tbody>${verdict.operands.map(operandRow)}</tbody>
        </table>
      </div>
    </details>`;
}

function operandRow({ name, tier, reason }: Operand): Markup {
  return html`<tr><th scope="row">${name}</th><td>${tier}</td><td>${line(reason.message)} <code>${reason.code}</code></td></tr>`;
}

function difference({ files }: Candidate, id: string): Markup {
  const text = cleanBlock(files.map(unifiedDiff).join("\n"), diffLimit);
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  return html`<details id="${id}-diff" class="change">
    <summary>The difference (${count})</summary>
    <pre class="diff" role="group" tabindex="0" aria-label="The difference">${text.split("\n").map(diffLine)}</pre>
  </details>`;
}

function diffLine(text: string): Markup {
  return html`<span class="${tone(text)}">${text}
</span>`;
}

function tone(text: string): string {
  if (/^(?:---|\+\+\+|@@)/.test(text)) return "meta";
  if (text.startsWith("+")) return "added";
  return text.startsWith("-") ? "removed" : "same";
}
