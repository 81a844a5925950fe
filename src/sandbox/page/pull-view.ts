/** The pull request as a card: its state, the diff, the tier and every reason that led to it. */
import { html } from "hono/html";
import type { PullState } from "./page-state.ts";

type Markup = ReturnType<typeof html>;

export function pullView(pull: PullState | undefined): Markup {
  if (pull === undefined) {
    return html`<h2>Pull request</h2>
      <p class="quiet">None yet. Remit opens one when an alert leads to a change that it can prove.</p>`;
  }
  return html`<h2>
      Pull request <a href="${pull.url}">#${pull.number}</a>
      <span class="badge ${pull.state}">${pull.state}</span>
    </h2>
    <p class="pull-title"><strong>${pull.title}</strong><br /><code class="quiet">${pull.branch}</code></p>
    <pre class="diff">${diffLines(pull.diff)}</pre>
    <h3>Why tier <em>${pull.tier}</em></h3>
    <table class="operands">
      ${pull.operands.map(
        (operand) => html`<tr class="${operand.tier === pull.tier ? "deciding" : ""}">
          <th>${operand.name}</th>
          <td><code>${operand.tier}</code></td>
          <td>${operand.message}</td>
        </tr>`,
      )}
    </table>`;
}

function diffLines(diff: string): Markup[] {
  return diff
    .trimEnd()
    .split("\n")
    .map((line) => html`<span class="${lineClass(line)}">${line}\n</span>`);
}

function lineClass(line: string): string {
  if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("diff ") || line.startsWith("index "))
    return "meta";
  if (line.startsWith("@@")) return "meta";
  if (line.startsWith("+")) return "added";
  return line.startsWith("-") ? "removed" : "";
}
