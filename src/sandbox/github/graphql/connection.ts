/** Relay connections, with GitHub's rule that a reader says how many it wants. */
import { Fields } from "../fields.ts";
import { Refusal } from "../world/refusal.ts";

const MOST = 100;

/** Throws when neither `first` nor `last` is given, or more than 100 are asked for. */
export function connection<T>(field: string, items: readonly T[], args: unknown, node: (item: T) => unknown) {
  const given = new Fields(args);
  const first = given.integer("first");
  const last = given.integer("last");
  const limit = first ?? last;
  if (limit === undefined) {
    throw new Refusal(
      422,
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`,
    );
  }
  if (limit < 0 || limit > MOST) {
    const which = first === undefined ? "last" : "first";
    throw new Refusal(
      422,
      `Requesting ${limit} records on the \`${field}\` connection exceeds the \`${which}\` limit of ${MOST} records.`,
    );
  }
  const after = position(given.string("after")) ?? -1;
  const before = position(given.string("before")) ?? items.length;
  const window = items.map((item, index) => ({ item, index })).filter(({ index }) => index > after && index < before);
  const chosen = first === undefined ? window.slice(-(last ?? 0) || window.length) : window.slice(0, first);
  const edges = chosen.map(({ item, index }) => ({ cursor: cursor(index), node: () => node(item) }));
  return {
    totalCount: items.length,
    edges,
    nodes: () => chosen.map(({ item }) => node(item)),
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: (chosen.at(-1)?.index ?? items.length) < items.length - 1,
      hasPreviousPage: (chosen[0]?.index ?? 0) > 0,
    },
  };
}

function cursor(index: number): string {
  return Buffer.from(`cursor:${index}`).toString("base64");
}

function position(text: string | undefined): number | undefined {
  const found = /^cursor:(\d+)$/.exec(Buffer.from(text ?? "", "base64").toString());
  return found === null ? undefined : Number(found[1]);
}
