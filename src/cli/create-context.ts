/** Reads a command's options and gives it what it may use. Throws RemitError usage. */
import { parseArgs } from "node:util";
import { RemitError } from "../errors.ts";
import { nearestWord } from "../nearest-word.ts";
import type { Command, CommandContext } from "./command.ts";
import type { Terminal } from "./main.ts";
import { printable } from "./printable.ts";

export function createContext(command: Command, args: readonly string[], terminal: Terminal): CommandContext {
  const { values, positionals } = read(command, args);
  const { stdout, stderr, env } = terminal;
  return {
    positionals,
    text(option) {
      const value = values[option];
      return typeof value === "string" ? value : undefined;
    },
    flag: (option) => values[option] === true,
    json: values.json === true,
    env,
    stdout,
    stderr,
    print: (line) => stdout.write(`${printable(line)}\n`),
    printJson: (value) => stdout.write(`${printable(JSON.stringify(value))}\n`),
    signal: terminal.signal ?? new AbortController().signal,
  };
}

function read(command: Command, args: readonly string[]) {
  const options: Command["options"] = {
    ...command.options,
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const unknown = /Unknown option '(--?([^']*))'/.exec(message);
    if (unknown === null) throw usage(command, message);
    const near = nearestWord(unknown[2] ?? "", Object.keys(options));
    throw usage(command, `unknown option ${unknown[1]}${near === undefined ? "" : `, did you mean --${near}?`}`);
  }
}

function usage(command: Command, message: string): RemitError {
  return new RemitError("usage", `${command.name}: ${message}\nTry remit ${command.name} --help`, { audience: "user" });
}
