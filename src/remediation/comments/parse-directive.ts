/** The grammar of comments: the words that concern an incident, and the actions with their own grammar. Pure. */
import type { CommandMistake } from "../../actions/commands/command.ts";
import { parseCommand } from "../../actions/commands/parse-command.ts";
import { timeSpan } from "../../actions/commands/time-span.ts";
import { verbs } from "../../actions/commands/verbs.ts";
import { nearestWord } from "../../nearest-word.ts";
import type { Target } from "../../target.ts";
import type { CommandLine } from "./command-lines.ts";
import { type Directive, directiveRules, plainNames } from "./directive.ts";

export type ParsedDirective =
  | { readonly outcome: "directive"; readonly directive: Directive }
  | { readonly outcome: "mistake"; readonly mistake: CommandMistake };

const names = [...plainNames, "approve", "snooze", ...verbs.keys()];

/** `about`: the target that is meant where a line names none; undefined: then a line has to name it. */
export function parseDirective(line: CommandLine, about: Target | undefined): ParsedDirective {
  if (!line.plain) return mistake("a command is plain text, without markup", Object.values(directiveRules));
  const [, name = "", ...words] = line.text.trim().split(/ +/);
  const plain = plainNames.find((known) => known === name);
  if (plain !== undefined && words.length === 0) return { outcome: "directive", directive: { do: plain } };
  if (name === "approve") return approve(words);
  if (name === "snooze") return snooze(words);
  if (verbs.has(name)) return action(line.text, name, words, about);
  if (plain !== undefined) return mistake(`${plain} takes nothing else`, [directiveRules[plain]]);
  const near = nearestWord(name, names);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return mistake(
    name === "" ? "no command is given" : `there is no command ${JSON.stringify(name)}${hint}`,
    Object.values(directiveRules),
  );
}

function approve(words: readonly string[]): ParsedDirective {
  const [head] = words;
  if (words.length > 1 || (head !== undefined && !/^[0-9a-f]{7,64}$/.test(head)))
    return mistake("approve takes the commit that is approved, by 7 to 64 hex digits, or nothing", [
      directiveRules.approve,
    ]);
  return { outcome: "directive", directive: { do: "approve", head } };
}

function snooze(words: readonly string[]): ParsedDirective {
  const forMs = timeSpan(words.join(" "));
  return forMs === undefined
    ? mistake("snooze wants a time from 1m to 7d, such as 2h", [directiveRules.snooze])
    : { outcome: "directive", directive: { do: "snooze", forMs } };
}

/** As written; where that is no command, as if the incident's service had been named. */
function action(text: string, name: string, words: readonly string[], about: Target | undefined): ParsedDirective {
  const written = parseCommand(text);
  const completed =
    written.outcome === "mistake" && about !== undefined && /^[\w.-]+$/.test(about.service)
      ? parseCommand([name, about.service, ...words].join(" "))
      : written;
  const parsed = completed.outcome === "command" ? completed : written;
  if (parsed.outcome === "mistake") return parsed;
  const { command } = parsed;
  if (about === undefined) return { outcome: "directive", directive: { do: "act", command } };
  const own = command.service === undefined || command.service === about.service;
  return {
    outcome: "directive",
    directive: {
      do: "act",
      command: {
        ...command,
        service: command.service ?? about.service,
        environment: command.environment ?? (own ? about.environment : undefined),
        namespace: command.namespace ?? (own ? about.namespace : undefined),
      },
    },
  };
}

function mistake(message: string, rules: readonly { readonly usage: string }[]): ParsedDirective {
  return { outcome: "mistake", mistake: { message, usage: rules.map(({ usage }) => usage).join("\n") } };
}
