/** `remit incidents`: what is or was broken, and what was done about it. */
import { RemitError } from "../../errors.ts";
import { incidentSummary } from "../../server/incident-summary.ts";
import type { IncidentRecord, Store } from "../../store/store.ts";
import type { Command, CommandContext, ExitCode } from "../command.ts";
import { storeOptions, withStore } from "../with-store.ts";

export const incidents: Command = {
  name: "incidents",
  summary: "incidents and what was done about them: list, show",
  usage: `list [--limit N]
show ID

Options: --config FILE or --data DIR say where the data is; without --data, DATABASE_URL comes first if it is set.`,
  options: { ...storeOptions, limit: { type: "string" } },
  run(context) {
    const [verb = "list", ...ids] = context.positionals;
    switch (verb) {
      case "list":
        return withStore(context, (store) => list(context, store));
      case "show":
        return withStore(context, (store) => show(context, store, ids));
      default:
        throw usage(`expected list or show, not ${JSON.stringify(verb)}`);
    }
  },
};

async function list(context: CommandContext, store: Store): Promise<ExitCode> {
  const limit = Number(context.text("limit") ?? 100);
  if (!Number.isInteger(limit) || limit < 1) throw usage("--limit is a number above 0");
  const records = await store.incidents.list(limit);
  if (context.json) context.printJson(records.map(incidentSummary));
  else if (records.length === 0) context.print("no incidents");
  else for (const record of records) context.print(lineOf(record));
  return 0;
}

async function show(context: CommandContext, store: Store, ids: readonly string[]): Promise<ExitCode> {
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw usage("show takes one id");
  const record = await store.incidents.get(id);
  if (record === undefined) throw new RemitError("usage", `incidents: no incident ${id}`, { audience: "user" });
  if (context.json) {
    context.printJson(record);
    return 0;
  }
  context.print(lineOf(record));
  for (const { at, event, message } of record.response.timeline) {
    context.print(`  ${new Date(at).toISOString()}  ${event}: ${message}`);
  }
  return 0;
}

function lineOf(record: IncidentRecord): string {
  const { id, repository, target, openedAt, state, pulls } = incidentSummary(record);
  const requests = pulls.map((number) => ` #${number}`).join("");
  return `${id}  ${new Date(openedAt).toISOString()}  ${state}  ${repository}  ${target}${requests}`;
}

function usage(message: string): RemitError {
  return new RemitError("usage", `incidents: ${message}\nTry remit incidents --help`, { audience: "user" });
}
