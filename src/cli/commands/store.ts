/** `remit store copy`: moves everything to another store. */
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { RemitError } from "../../errors.ts";
import { Environment } from "../../server/config/environment.ts";
import { formatMistake } from "../../server/config/mistake.ts";
import { copyRows } from "../../store/copy-rows.ts";
import type { Copyable } from "../../store/copyable.ts";
import type { Command, CommandContext, ExitCode } from "../command.ts";
import { progressBar } from "../progress-bar.ts";

export const store: Command = {
  name: "store",
  summary: "move everything to another store: copy",
  usage: `copy --from sqlite:DIR [--to postgres://…] [--merge]

Copies deliveries, incidents, queue, reports and settings. Stop \`remit serve\` first: what arrives meanwhile isn't copied.
--from, --to  sqlite:DIR, or a PostgreSQL URL; DATABASE_URL (or DATABASE_URL_FILE) where --to is left out, which keeps the
              password out of the list of processes
--merge       add to a store that isn't empty; what both hold stays as it is there. Also after an interruption.`,
  options: { from: { type: "string" }, to: { type: "string" }, merge: { type: "boolean" } },
  async run(context) {
    const [verb = "", ...rest] = context.positionals;
    if (verb !== "copy" || rest.length > 0) throw usage("expected copy");
    const from = context.text("from");
    if (from === undefined) throw usage("--from is missing");
    const to = context.text("to") ?? (await databaseUrl(context));
    return copy(context, from, to);
  },
};

async function copy(context: CommandContext, from: string, to: string): Promise<ExitCode> {
  const source = await open(from, "--from");
  const bar = progressBar(context.stderr);
  try {
    const target = await open(to, "--to");
    try {
      const { signal } = context;
      const tables = await copyRows(source, target, { merge: context.flag("merge"), progress: bar.show, signal });
      bar.clear();
      report(context, { from: source.description, to: target.description, tables });
      return 0;
    } finally {
      bar.clear();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function report(
  context: CommandContext,
  result: {
    readonly from: string;
    readonly to: string;
    readonly tables: Readonly<Record<string, { readonly read: number; readonly added: number }>>;
  },
): void {
  if (context.json) {
    context.printJson(result);
    return;
  }
  for (const [table, { read, added }] of Object.entries(result.tables)) {
    const known = read === added ? "" : `, ${read - added} were there already`;
    context.print(`${table.padEnd(16)}${String(added).padStart(8)} copied${known}`);
  }
  context.print(`from ${result.from}\nto   ${result.to}`);
}

async function open(place: string, option: "--from" | "--to"): Promise<Copyable> {
  const path = /^sqlite:(.+)$/s.exec(place)?.[1];
  if (path !== undefined) {
    const directory = basename(path) === "remit.sqlite" ? dirname(path) : path;
    if (option === "--from" && !existsSync(join(directory, "remit.sqlite"))) {
      throw new RemitError("store-failed", `${directory} holds no data of Remit`);
    }
    const { sqliteCopyable } = await import("../../store/sqlite-copyable.ts");
    return sqliteCopyable(directory);
  }
  // What was given isn't repeated: it may hold a password.
  if (!/^postgres(ql)?:/.test(place))
    throw usage(`${option} is sqlite:DIR or postgres://user:password@host:port/database`);
  const { postgresCopyable } = await import("../../store/postgres-copyable.ts");
  return postgresCopyable(place);
}

async function databaseUrl(context: CommandContext): Promise<string> {
  const environment = new Environment(context.env);
  const url = await environment.secret("DATABASE_URL");
  if (environment.mistakes.length > 0) throw usage(environment.mistakes.map(formatMistake).join("\n"));
  if (url === undefined) throw usage("--to is missing, and DATABASE_URL isn't set");
  return url;
}

function usage(message: string): RemitError {
  return new RemitError("usage", `store: ${message}\nTry remit store --help`, { audience: "user" });
}
