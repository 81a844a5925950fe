/** What a GitHub-flavoured Markdown renderer makes of a text, as far as it could do something to its readers. */
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

const allowedTags: ReadonlySet<string> = new Set(
  "h1 h2 h3 h4 p ul ol li table thead tbody tr th td strong em code pre hr br details summary input".split(" "),
);

/** Links, images, elements that aren't ours, and what GitHub would turn into a mention, a reference or a link in text that isn't code. */
export function activeWhenRendered(markdown: string, allowed: readonly string[] = []): string[] {
  const html = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const seen = html.replaceAll(/<!--[\s\S]*?-->/g, "");
  const tags = [...seen.matchAll(/<\/?([a-zA-Z][a-zA-Z0-9-]*)[^>]*>/g)]
    .filter(([, name = ""]) => !allowedTags.has(name.toLowerCase()))
    .map(([tag]) => tag);
  const withAttributes = [
    ...seen.matchAll(/<(?!input |code class="language-|ol start=|t[hd] align=)[a-z0-9]+ [^>]*>/g),
  ];
  const text = plainText(seen);
  const references = [
    ...text.matchAll(/(?<![\w`])@[A-Za-z0-9][\w/-]*/g),
    ...text.matchAll(/(?<![\w/])#\d+/g),
    ...text.matchAll(/\bGH-\d+/gi),
    ...text.matchAll(/[\w.-]+\/[\w.-]+#\d+/g),
    ...text.matchAll(/(?:https?|ftp):\/\/|\bwww\.\w/gi),
    ...text.matchAll(/(?<!\d):[a-z0-9+_-]+:/gi),
  ].map(([match]) => match);
  return [...tags, ...withAttributes.map(([tag]) => tag), ...references].filter((found) => !allowed.includes(found));
}

/** Without what stands in code: GitHub looks for references in nothing of that. */
function plainText(html: string): string {
  return html
    .replaceAll(/<pre>[\s\S]*?<\/pre>/g, " ")
    .replaceAll(/<code[^>]*>[\s\S]*?<\/code>/g, " ")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
