/** What of a Markdown text GitHub doesn't show as code: fenced blocks and code spans are taken out by CommonMark's rules. */
export function codeFree(markdown: string): string {
  return paragraphs(withoutFences(markdown)).map(withoutSpans).join("\n");
}

function withoutFences(markdown: string): string {
  const kept: string[] = [];
  let open: string | undefined;
  for (const line of markdown.split("\n")) {
    const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    const mark = fence?.[1] ?? "";
    const info = fence?.[2] ?? "";
    if (open !== undefined) {
      if (mark[0] === open[0] && mark.length >= open.length && info.trim() === "") open = undefined;
    } else if (mark !== "" && !(mark.startsWith("`") && info.includes("`"))) {
      open = mark;
      kept.push("");
    } else kept.push(line);
  }
  if (open !== undefined) throw new Error("a fence is left open");
  return kept.join("\n");
}

/** A span never reaches over a block's end; here every line is a block of its own, so Remit may not break a span either. */
function paragraphs(markdown: string): string[] {
  return markdown.split("\n").flatMap((line) => (line.startsWith("|") ? line.split("|") : [line]));
}

function withoutSpans(text: string): string {
  let rest = text;
  let kept = "";
  for (;;) {
    const opening = /`+/.exec(rest);
    if (opening === null) return kept + rest;
    const [run] = opening;
    const after = rest.slice(opening.index + run.length);
    const closing = [...after.matchAll(/`+/g)].find(([other]) => other.length === run.length);
    kept += rest.slice(0, opening.index);
    if (closing === undefined) throw new Error(`a code span is left open: ${text}`);
    kept += "\u25a1";
    rest = after.slice(closing.index + run.length);
  }
}

const ours = /^<\/?(?:details|summary)>/;
/** An HTML comment on the first line; that nothing ends it early is the marker's own test. */
const marker = /^<!-- remit:v1 kind=[a-z]+ incident=[\w%.~-]*(?: digest=[\w%.~-]*)? -->\n/;

/** Everything active in it: mentions, references, links, images, HTML, math, shortcodes. `allowed`: references that Remit made itself. */
export function activeMarkup(markdown: string, allowed: readonly string[] = []): string[] {
  const text = codeFree(markdown.replace(marker, ""));
  const found = [
    ...text.matchAll(/@[A-Za-z0-9]/g),
    ...text.matchAll(/#\d+/g),
    ...text.matchAll(/\bgh-\d+/gi),
    ...text.matchAll(/\]\s*[([]|\]:/g),
    ...text.matchAll(/!\[/g),
    ...text.matchAll(/https?:|ftp:|:\/\/|www\./gi),
    ...text.matchAll(/<[A-Za-z/!?][^>]*>?/g),
    ...text.matchAll(/&[#A-Za-z0-9]+;/g),
    ...text.matchAll(/\$\S/g),
    ...text.matchAll(/(?<!\d):[a-z0-9+_-]+:/gi),
    ...text.matchAll(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g),
  ].map(([match]) => match);
  return found.filter((match) => !ours.test(match) && !allowed.includes(match));
}
