/** The environment's part of the configuration: secrets by value or by file, never both, and never in a message. */
import { readFile } from "node:fs/promises";
import type { Mistake } from "./mistake.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

export class Environment {
  readonly mistakes: Mistake[] = [];
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  /** The variable's value; undefined when it is unset or empty. */
  plain(name: string): string | undefined {
    const value = this.#variables[name]?.trim();
    return value === "" ? undefined : value;
  }

  /** The value of `name`, or the content of the file that `<name>_FILE` names. */
  async secret(name: string): Promise<string | undefined> {
    const value = this.plain(name);
    const file = this.plain(`${name}_FILE`);
    if (value !== undefined && file !== undefined) this.mistake(name, `set either this or ${name}_FILE, not both`);
    if (file === undefined) return value;
    try {
      const content = (await readFile(file, "utf8")).trim();
      if (content !== "") return content;
      this.mistake(`${name}_FILE`, `the file ${file} is empty`);
    } catch (error) {
      this.mistake(`${name}_FILE`, `can't read ${file}${errorCode(error)}`);
    }
    return undefined;
  }

  /** Several values, separated by commas or lines: the old one and the new one while a secret is rotated. */
  async secrets(name: string): Promise<readonly string[]> {
    const text = await this.secret(name);
    if (text === undefined) return [];
    const values = text.split(/[,\r\n]/).map((part) => part.trim());
    const present = values.filter((value) => value !== "");
    if (present.length === 0) this.mistake(name, "holds no value");
    return present;
  }

  /** Is the variable, or its `_FILE`, set at all? Even if unreadable, nobody needs to be told to set it. */
  has(name: string): boolean {
    return this.plain(name) !== undefined || this.plain(`${name}_FILE`) !== undefined;
  }

  names(): string[] {
    return Object.keys(this.#variables).filter((name) => this.plain(name) !== undefined);
  }

  mistake(where: string, message: string, nearest?: string): void {
    this.mistakes.push({ file: "environment", line: undefined, column: undefined, where, message, nearest });
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
}
