/** Finds the command, reads its options, runs it, and turns whatever goes wrong into a line for people and an exit code. */
import { RemitError } from "../errors.ts";
import { nearestWord } from "../nearest-word.ts";
import { version } from "../server/version.ts";
import type { Command, ExitCode, Output } from "./command.ts";
import { createContext } from "./create-context.ts";
import { describeError } from "./describe-error.ts";
import { commandHelp, programHelp } from "./help.ts";
import { printable } from "./printable.ts";
import { registry } from "./registry.ts";

export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the program should end. */
  readonly signal?: AbortSignal;
}

/** `argv` without the program's own name. Never throws. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const json = argv.includes("--json");
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    const { code, message } = describeError(error, terminal.env);
    const line = json ? JSON.stringify({ error: { code, message } }) : `remit: ${message}`;
    terminal.stderr.write(`${printable(line)}\n`);
    return code === "usage" ? 2 : 1;
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === "--version" || name === "-v") {
    terminal.stdout.write(`${rest.includes("--json") ? JSON.stringify({ version: version() }) : version()}\n`);
    return 0;
  }
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const about = rest[0] === undefined ? undefined : await find(rest[0]);
    terminal.stdout.write(about === undefined ? await programHelp() : commandHelp(about));
    return name === undefined ? 2 : 0;
  }
  const command = await find(name);
  const context = createContext(command, rest, terminal);
  if (!context.flag("help")) return command.run(context);
  terminal.stdout.write(commandHelp(command));
  return 0;
}

async function find(name: string): Promise<Command> {
  const load = Object.hasOwn(registry, name) ? registry[name] : undefined;
  if (load !== undefined) return load();
  const near = nearestWord(name, Object.keys(registry));
  const hint = near === undefined ? "see remit --help" : `did you mean ${near}?`;
  throw new RemitError("usage", `unknown command ${JSON.stringify(name)}, ${hint}`, { audience: "user" });
}
