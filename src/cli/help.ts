/** What `--help` prints. */
import type { Command } from "./command.ts";
import { registry } from "./registry.ts";

export async function programHelp(): Promise<string> {
  const commands = await Promise.all(Object.values(registry).map((load) => load()));
  const width = Math.max(...commands.map(({ name }) => name.length));
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join("\n");
  return `Remit answers incidents by the smallest commit that undoes the damage.

Usage: remit <command> [options]

${list}

Every command takes --json and --help. Exit codes: 0 done, 1 it failed, 2 usage, 3 it abstained or the gate says no.
`;
}

export function commandHelp({ name, summary, usage }: Command): string {
  const [forms = "", ...notes] = usage.trim().split("\n\n");
  const lines = forms.split("\n").map((form) => `  remit ${name} ${form}`.trimEnd());
  return `${[summary, `Usage:\n${lines.join("\n")}`, ...notes].join("\n\n")}\n`;
}
