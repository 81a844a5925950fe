/** The grammar of commands. Pure: it knows words and their order, and nothing of what the repository holds. */
import { nearestWord } from "../../nearest-word.ts";
import type { Ask, Command, CommandMistake } from "./command.ts";
import { timeSpan } from "./time-span.ts";
import { type Verb, verbs } from "./verbs.ts";

export type ParsedCommand =
  | { readonly outcome: "command"; readonly command: Command }
  | { readonly outcome: "mistake"; readonly mistake: CommandMistake };

const longest = 500;
const optionNames = ["environment", "namespace", "component", "service", "for"] as const;
type OptionName = (typeof optionNames)[number];

/** One line, with or without `/remit` in front. Control characters, unknown words and options are mistakes. */
export function parseCommand(line: string): ParsedCommand {
  if (line.length > longest) return mistake(`a command is at most ${longest} characters long`);
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line)) return mistake("a command is one line of visible characters");
  const words = line.trim().split(/ +/);
  if (words[0] === "/remit") words.shift();
  const [name = "", ...rest] = words;
  const verb = verbs.get(name);
  if (verb === undefined) {
    const near = nearestWord(name, [...verbs.keys()]);
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    return mistake(name === "" ? "no command is given" : `there is no command ${JSON.stringify(name)}${hint}`);
  }
  const options = readOptions(rest, verb);
  if ("message" in options) return mistake(options.message, verb);
  return read(verb, options);
}

interface Words {
  readonly plain: readonly string[];
  readonly options: ReadonlyMap<OptionName, string>;
}

/** `--environment production` and `--environment=production`, anywhere in the line. */
function readOptions(words: readonly string[], verb: Verb): Words | { readonly message: string } {
  const plain: string[] = [];
  const options = new Map<OptionName, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("--")) {
      plain.push(word);
      continue;
    }
    const [given = "", written] = word.slice(2).split(/=(.*)/s, 2);
    const name = optionNames.find((known) => known === given);
    if (name === undefined || !allowed(name, verb)) {
      const near = nearestWord(
        given,
        optionNames.filter((known) => allowed(known, verb)),
      );
      return { message: `there is no option --${given}${near === undefined ? "" : `; did you mean --${near}?`}` };
    }
    const value = written ?? words[++at];
    if (value === undefined || value === "" || value.startsWith("--")) return { message: `--${name} wants a value` };
    if (options.has(name)) return { message: `--${name} is given twice` };
    options.set(name, value);
  }
  return { plain, options };
}

function allowed(name: OptionName, { options }: Verb): boolean {
  return name === "environment" || name === "namespace" || options.includes(name);
}

function read(verb: Verb, { plain, options }: Words): ParsedCommand {
  const lasts = options.get("for");
  const leaseMs = lasts === undefined ? undefined : timeSpan(lasts);
  if (lasts !== undefined && leaseMs === undefined)
    return mistake(`--for wants a time from 1m to 7d, such as 2h, not ${JSON.stringify(lasts)}`, verb);
  const read = verb.read(plain, options.get("component"));
  if ("message" in read) return mistake(read.message, verb);
  return {
    outcome: "command",
    command: {
      service: read.service ?? options.get("service"),
      environment: options.get("environment"),
      namespace: options.get("namespace"),
      leaseMs,
      ask: read.ask satisfies Ask,
    },
  };
}

function mistake(message: string, verb?: Verb): ParsedCommand {
  const usage = verb === undefined ? [...verbs.values()].map((each) => each.usage).join("\n") : verb.usage;
  return { outcome: "mistake", mistake: { message, usage } };
}
