/** What a command is. To add one: a file in commands/ that exports it, a line in registry.ts, a test. */
import type { ParseArgsConfig } from "node:util";

/** 0 done, 1 it failed, 2 usage, 3 it abstained or the gate says no. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows `remit <name>`, one form per line, then whatever people need to know. */
  readonly usage: string;
  /** For node:util's parseArgs. `--json`, `--help` and `-h` are added to every command. */
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** A RemitError that it throws is printed for people; `usage` ends with code 2, others with 1. */
  run(context: CommandContext): Promise<ExitCode>;
}

export interface CommandContext {
  readonly positionals: readonly string[];
  /** A string option's value. */
  text(option: string): string | undefined;
  /** Was a boolean option given? */
  flag(option: string): boolean;
  readonly json: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** A line for people, on stdout. Control characters are made visible, so text from outside may be in it. */
  print(line: string): void;
  /** One line of JSON, on stdout. */
  printJson(value: unknown): void;
  /** Aborts at SIGINT or SIGTERM: finish the step at hand and return. */
  readonly signal: AbortSignal;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}
