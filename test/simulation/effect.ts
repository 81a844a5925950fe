/** What a process does to the world outside, as far as crashes and people's timing are told apart. */
export type Effect =
  | "a store write"
  | "a look at GitHub"
  | "a proposal"
  | "the gate's report"
  | "a merge"
  | "a hand-over"
  | "a take-back"
  | "an issue is written"
  | "the ledger is written"
  | "a pull request is closed"
  | "a permission is looked up"
  | "a token"
  | "a fetch";

/** By what the request says; `query` is the GraphQL document, where it is one. */
export function effectOf(method: string, path: string, query: string): Effect {
  if (path === "/graphql") {
    const name = /^(?:query|mutation) (\w+)/.exec(query)?.[1];
    if (name === "RemitPropose") return "a proposal";
    if (name === "RemitLedger") return "the ledger is written";
    if (name === "RemitHandOver") return "a hand-over";
    if (name === "RemitTakeBackMerge") return "a take-back";
    if (name === "RemitGate" || name === "RemitCheck") return "the gate's report";
    if (name === "RemitClosePull") return "a pull request is closed";
    // Asks, changes nothing, and nothing is merged by it.
    if (["RemitOwnPull", "RemitThread", "RemitOwnIssue", "RemitName", "RemitOwnCommits"].includes(name ?? ""))
      return "a permission is looked up";
    return name === "RemitRead" ? "a look at GitHub" : "an issue is written";
  }
  if (method === "PUT" && path.endsWith("/merge")) return "a merge";
  if (/\/git\/(?:trees|commits|refs)$/.test(path)) return "the ledger is written";
  if (/\/issues(\/\d+)?$/.test(path)) return "an issue is written";
  if (path.endsWith("/permission")) return "a permission is looked up";
  return /\/pulls\/\d+$/.test(path) ? "a look at GitHub" : "a token";
}

export function queryOf(body: string): string {
  const parsed: unknown = JSON.parse(body);
  const query = typeof parsed === "object" && parsed !== null && "query" in parsed ? parsed.query : "";
  return typeof query === "string" ? query : "";
}
