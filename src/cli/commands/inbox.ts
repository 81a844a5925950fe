/** `remit inbox`: what arrived, what couldn't be processed and why, and another try for it. */
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { Delivery, DeliveryState, Store } from "../../store/store.ts";
import type { Command, CommandContext, ExitCode } from "../command.ts";
import { storeOptions, withStore } from "../with-store.ts";

export const inbox: Command = {
  name: "inbox",
  summary: "deliveries that arrived: list, show, replay",
  usage: `list [--state pending|parked|done] [--limit N]
show ID
replay ID... | --parked

A delivery that can't be processed after several attempts is parked with its error. Replay makes it due again.
Options: --config FILE or --data DIR say where the data is; without --data, DATABASE_URL comes first if it is set.`,
  options: {
    ...storeOptions,
    state: { type: "string" },
    limit: { type: "string" },
    parked: { type: "boolean" },
  },
  run(context) {
    const [verb = "list", ...ids] = context.positionals;
    switch (verb) {
      case "list":
        return withStore(context, (store) => list(context, store));
      case "show":
        return withStore(context, (store) => show(context, store, ids));
      case "replay":
        return withStore(context, (store) => replay(context, store, ids));
      default:
        throw usage(`expected list, show or replay, not ${JSON.stringify(verb)}`);
    }
  },
};

async function list(context: CommandContext, store: Store): Promise<ExitCode> {
  const state = stateOf(context.text("state"));
  const limit = limitOf(context.text("limit"));
  const deliveries = await store.inbox.list({ limit, ...(state === undefined ? {} : { state }) });
  if (context.json) {
    context.printJson(deliveries.map(({ body: _, ...rest }) => rest));
    return 0;
  }
  for (const delivery of deliveries) context.print(lineOf(delivery));
  const { pending, parked, done } = await store.inbox.counts();
  context.print(`${pending} pending, ${parked} parked, ${done} done`);
  return 0;
}

async function show(context: CommandContext, store: Store, ids: readonly string[]): Promise<ExitCode> {
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw usage("show takes one id");
  const delivery = await store.inbox.get(id);
  if (delivery === undefined) throw new RemitError("usage", `inbox: no delivery ${id}`, { audience: "user" });
  if (context.json) context.printJson(delivery);
  else context.print(`${lineOf(delivery)}\n${delivery.body}`);
  return 0;
}

async function replay(context: CommandContext, store: Store, named: readonly string[]): Promise<ExitCode> {
  const parked = context.flag("parked") ? await store.inbox.list({ state: "parked", limit: 100_000 }) : [];
  const ids = [...named, ...parked.map(({ id }) => id)];
  if (named.length === 0 && !context.flag("parked")) throw usage("replay takes ids or --parked");
  const replayed: string[] = [];
  for (const id of ids) if (await store.inbox.replay(id, systemClock.now())) replayed.push(id);
  const unknown = ids.filter((id) => !replayed.includes(id));
  if (context.json) context.printJson({ replayed, unknown });
  else
    context.print(
      `${replayed.length} due again${unknown.length === 0 ? "" : `; not parked or done: ${unknown.join(", ")}`}`,
    );
  return unknown.length === 0 ? 0 : 1;
}

function lineOf({ id, receivedAt, state, type, event, source, attempts, error }: Delivery): string {
  const when = new Date(receivedAt).toISOString();
  const what = event === "" ? type : `${type} ${event}`;
  const trouble = error === undefined ? "" : `: ${error}`;
  return `${id}  ${when}  ${state}  ${source}  ${what}  attempts ${attempts}${trouble}`;
}

function stateOf(text: string | undefined): DeliveryState | undefined {
  if (text === undefined || text === "pending" || text === "parked" || text === "done") return text;
  throw usage("--state is pending, parked or done");
}

function limitOf(text: string | undefined): number {
  const limit = Number(text ?? 100);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw usage("--limit is a number above 0");
}

function usage(message: string): RemitError {
  return new RemitError("usage", `inbox: ${message}\nTry remit inbox --help`, { audience: "user" });
}
