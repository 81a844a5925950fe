/** Markdown as GitHub shows it, near enough to read: no HTML of the author's own but folded details, no images, no foreign schemes. */
import { raw } from "hono/html";
import markdownIt from "markdown-it";
import type { Markup } from "./layout.ts";

const parser = markdownIt({ html: true, linkify: false, typographer: false });
parser.disable("image");
parser.renderer.rules.html_block = (tokens, index) => onlyDetails(tokens[index]?.content ?? "");
parser.renderer.rules.html_inline = (tokens, index) => onlyDetails(tokens[index]?.content ?? "");

export function markdown(text: string): Markup {
  return raw(parser.render(text));
}

/** Comments vanish, folded details fold, and everything else stays text. */
function onlyDetails(markup: string): string {
  return markup
    .split(/(<!--[\s\S]*?-->|<\/?(?:details|summary)>)/)
    .map((part, index) => {
      if (index % 2 === 0) return parser.utils.escapeHtml(part);
      return part.startsWith("<!--") ? "" : part;
    })
    .join("");
}
