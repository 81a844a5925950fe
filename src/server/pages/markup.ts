/** The small parts that the page is made of. Whatever goes into `html` is escaped, so text of anybody's is text. */
import { html } from "hono/html";
import type { Instant } from "../../clock.ts";
import { formatTime } from "../../remediation/prose/format-time.ts";
import { cleanLine } from "../../remediation/prose/untrusted.ts";

export type Markup = ReturnType<typeof html>;

const lineLimit = 1_000;

/** One line that somebody wrote, without anything invisible or that turns the direction of text. */
export function line(text: string, limit: number = lineLimit): string {
  return cleanLine(text, limit);
}

/** The page's script says how long ago it was. */
export function ago(at: Instant): Markup {
  return html`<time datetime="${new Date(at).toISOString()}" data-ago>${formatTime(at)}</time>`;
}

export function moment(at: Instant): Markup {
  return html`<time datetime="${new Date(at).toISOString()}">${formatTime(at)}</time>`;
}

/** Sentences that were written for Markdown: what stands in backticks there is code here, and nothing else is markup. */
export function prose(text: string): Markup {
  const whole = line(text, 4 * lineLimit);
  const pieces: Markup[] = [];
  let from = 0;
  for (const match of whole.matchAll(codeSpan)) {
    const [all, , code = ""] = match;
    pieces.push(html`${whole.slice(from, match.index)}<code>${code.trim()}</code>`);
    from = match.index + all.length;
  }
  return html`${pieces}${whole.slice(from)}`;
}

/** A run of backticks up to the next run of as many. */
const codeSpan = /(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g;

export function codes(names: readonly string[]): Markup {
  const shown = names.slice(0, mostNames);
  const more = names.length > shown.length ? html` and ${names.length - shown.length} more` : "";
  return html`${shown.map((name, index) => html`${index === 0 ? "" : " "}<code>${line(name, 80)}</code>`)}${more}`;
}

const mostNames = 8;

/** The first of them, and how many more there are. */
export function items<T>(all: readonly T[], most: number, show: (item: T) => Markup, none: string): Markup {
  if (all.length === 0) return html`<p class="quiet">${none}</p>`;
  const more = all.length > most ? html`<p class="quiet">${all.length - most} more aren't shown.</p>` : "";
  return html`${all.slice(0, most).map(show)}${more}`;
}

/** A page of the repository on GitHub; only its name where the server doesn't know where GitHub is. */
export function onGitHub(webUrl: string | undefined, repository: string, path: string, label: string): Markup {
  if (webUrl === undefined || !/^https?:\/\//.test(webUrl)) return html`${label}`;
  const where = [...repository.split("/"), ...path.split("/")].filter((part) => part !== "").map(encodeURIComponent);
  return html`<a href="${webUrl}/${where.join("/")}" rel="noreferrer">${label}</a>`;
}
