/** Tells the story on a terminal as it happens. */
import { styleText } from "node:util";
import type { DemoEnd } from "../../sandbox/demo/demo-end.ts";
import type { Actor, StoryEvent } from "../../sandbox/demo/story.ts";
import { printable } from "../printable.ts";

type Style = Parameters<typeof styleText>[0];

export interface Terminal {
  title(scenario: string, summary: string): void;
  tell(event: StoryEvent): void;
  end(end: DemoEnd): void;
  staying(end: DemoEnd): void;
}

export interface Screen {
  write(text: string): unknown;
  readonly colours: boolean;
  /** In characters. */
  readonly width: number;
}

const actorStyle: Readonly<Record<Actor, Style>> = {
  person: "bold",
  traffic: "bold",
  clock: "dim",
  cluster: "dim",
  alerts: "red",
  github: "dim",
  remit: "cyan",
  demo: "dim",
};

const actorName: Readonly<Record<Actor, string>> = {
  person: "person",
  traffic: "traffic",
  clock: "clock",
  cluster: "cluster",
  alerts: "alerting",
  github: "GitHub",
  remit: "Remit",
  demo: "demo",
};

/** Width of the columns before the message: time, actor. */
const indent = 20;

export function terminal(screen: Screen): Terminal {
  const style = (format: Style, text: string) =>
    screen.colours ? styleText(format, text, { validateStream: false }) : text;
  const line = (text = "") => screen.write(`${text}\n`);
  const width = Math.max(60, Math.min(screen.width, 120));

  const tell = (event: StoryEvent) => {
    const time = `${event.seconds.toFixed(1)} s`.padStart(7);
    const who = style(actorStyle[event.actor], actorName[event.actor].padEnd(9));
    const [first = "", ...rest] = wrap(printable(event.message), width - indent);
    line(`  ${style("dim", time)}  ${who}${first}`);
    for (const more of rest) line(" ".repeat(indent) + more);
    for (const text of strings(event.data.diff)) line(" ".repeat(indent) + diffLine(printable(text), style));
    for (const operand of operands(event.data.operands)) {
      const [head = "", ...tail] = wrap(printable(operand.message), width - indent - 20);
      line(`${" ".repeat(indent)}${style("dim", operand.name.padEnd(10))}${operand.tier.padEnd(10)}${head}`);
      for (const more of tail) line(" ".repeat(indent + 20) + more);
    }
  };

  return {
    title(scenario, summary) {
      line(`${style("bold", "Remit demo")} ${style("dim", "·")} ${scenario}`);
      line(style("dim", summary));
      line();
    },
    tell,
    end(end) {
      line();
      line(style("bold", "What git says"));
      for (const commit of end.commits) {
        line(
          `  ${style("yellow", commit.id.slice(0, 10))} ${printable(commit.subject)} ${style("dim", printable(commit.author))}`,
        );
        for (const trailer of commit.trailers) line(style("dim", `             ${printable(trailer)}`));
      }
      line();
      line(style("bold", "Checked from outside, without asking Remit"));
      for (const finding of end.findings) {
        line(`  ${finding.ok ? style("green", "✓") : style("red", "✗")} ${printable(finding.message)}`);
      }
      line();
      if (!end.recovered) for (const problem of end.problems.slice(-5)) line(`  Remit's log: ${printable(problem)}`);
      line(end.recovered ? style("green", summary(end)) : style("red", summary(end)));
      line();
      line(`  git -C ${end.repository} log --patch --max-count=3`);
    },
    staying(end) {
      line();
      line(style("bold", "Everything stays up until Ctrl-C"));
      for (const link of end.links) line(`  ${link.label.padEnd(18)}${link.url}`);
    },
  };
}

function summary(end: DemoEnd): string {
  const requests = `${end.requests} requests to GitHub`;
  return end.recovered
    ? `Recovered ${end.seconds.toFixed(1)} seconds after the alert, with ${requests}.`
    : `Not recovered: ${end.why}. ${requests}.`;
}

function diffLine(text: string, style: (format: Style, text: string) => string): string {
  if (text.startsWith("+++") || text.startsWith("---") || text.startsWith("@@")) return style("dim", text);
  if (text.startsWith("+")) return style("green", text);
  return text.startsWith("-") ? style("red", text) : text;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function strings(value: unknown): readonly string[] {
  return typeof value === "string" ? value.trimEnd().split("\n") : [];
}

function operands(value: unknown): readonly { name: string; tier: string; message: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null) return [];
    const { name, tier, message } = item as Record<string, unknown>;
    return [{ name: String(name), tier: String(tier), message: String(message) }];
  });
}
