/** GitHub's opaque global ids: a prefix that tells the type, and bytes that mean nothing to a client. */

const PREFIXES = {
  repository: "R",
  organization: "O",
  user: "U",
  bot: "BOT",
  app: "A",
  issue: "I",
  pull: "PR",
  comment: "IC",
  review: "PRR",
  label: "LA",
  reaction: "REA",
  ref: "REF",
  commit: "C",
  tree: "T",
  blob: "B",
  checkRun: "CR",
  checkSuite: "CS",
  status: "SC",
  statusSet: "S",
  rollup: "SCR",
  deployment: "DE",
  deploymentStatus: "DES",
  installation: "MDI",
  pullCommit: "PURC",
  queueEntry: "MQE",
  rule: "BPR",
  comparison: "CMP",
} as const;

export type NodeKind = keyof typeof PREFIXES;

export function nodeId(kind: NodeKind, key: number | string): string {
  return `${PREFIXES[kind]}_kwDO${Buffer.from(`\u0000${key}\u0001`).toString("base64url")}`;
}

/** Undefined for anything that isn't an id of ours. */
export function parseNodeId(id: string): { readonly kind: NodeKind; readonly key: string } | undefined {
  const found = /^([A-Z]+)_kwDO([\w-]+)$/.exec(id);
  const kind = nodeKinds.find((name) => PREFIXES[name] === found?.[1]);
  const text = Buffer.from(found?.[2] ?? "", "base64url").toString();
  if (kind === undefined || !text.startsWith("\u0000") || !text.endsWith("\u0001")) return undefined;
  return { kind, key: text.slice(1, -1) };
}

const nodeKinds: readonly NodeKind[] = [
  ...(["repository", "organization", "user", "bot", "app", "issue", "pull", "comment", "review", "label"] as const),
  ...(["reaction", "ref", "commit", "tree", "blob", "checkRun", "checkSuite", "status", "statusSet"] as const),
  ...([
    "rollup",
    "deployment",
    "deploymentStatus",
    "installation",
    "pullCommit",
    "queueEntry",
    "rule",
    "comparison",
  ] as const),
];
