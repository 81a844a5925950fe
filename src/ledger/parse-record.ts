/** Reads one file of the ledger, and says what is wrong with it where it isn't what Remit writes. */
import { z } from "zod";
import { type OperandName, type Tier, tiers } from "../authority/verdict.ts";
import { isCanonicalJson } from "./canonical-json.ts";
import { type LedgerRecord, ledgerFormat, recordKinds, recordPhases } from "./ledger-record.ts";

export type ParsedRecord =
  | { readonly kind: "record"; readonly record: LedgerRecord; readonly canonical: boolean }
  | { readonly kind: "unreadable"; readonly why: string };

export function parseRecord(text: string): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "unreadable", why: "it isn't JSON" };
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: "unreadable", why: `${issue?.path.join(".") || "the record"}: ${issue?.message ?? "unexpected"}` };
  }
  return { kind: "record", record: parsed.data, canonical: isCanonicalJson(text, value) };
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const revision = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const time = z.iso.datetime({ precision: 3 });
const tier = z.enum(tiers) satisfies z.ZodType<Tier>;
const operandName: z.ZodType<OperandName> = z.custom<OperandName>((value) => typeof value === "string");

const reason = z.strictObject({ code: z.string(), message: z.string() });

const inputs = z.strictObject({
  incident: z.unknown().optional(),
  now: z.number(),
  attempts: z.number(),
  kind: z.enum(["fix", "undo"]),
  stop: reason.exactOptional(),
  storm: z.union([z.literal("unreadable"), z.strictObject({ sickServices: z.number(), changesUnderWay: z.number() })]),
  health: z.array(
    z.strictObject({
      revision,
      at: z.number(),
      health: z.enum(["healthy", "degraded", "progressing", "unknown"]),
    }),
  ),
  elsewhere: z.union([z.literal("unreadable"), z.array(z.number())]).exactOptional(),
  lastChangeAt: z.number().exactOptional(),
  settings: z.strictObject({ stoodMs: z.number(), suspectWindowMs: z.number() }),
  command: z.unknown().optional(),
  asked: z.strictObject({ by: z.string(), at: z.number(), on: z.number() }).exactOptional(),
  outside: z.array(z.enum(["images", "rendering", "model"])),
});

const decision = z.strictObject({
  by: z.enum(["alerts", "command", "undo", "merge"]),
  base: revision,
  policy: z.strictObject({ digest: z.string(), revision, version: z.number().exactOptional() }),
  tier: tier.exactOptional(),
  operands: z.array(z.strictObject({ name: operandName, tier, code: z.string(), message: z.string() })),
  reasons: z.array(reason),
  runbook: z.string().exactOptional(),
  approvals: z.strictObject({ count: z.number(), permission: z.string(), maxAgeMs: z.number() }).exactOptional(),
  vetoWindowMs: z.number().exactOptional(),
  inputs,
  inputsDigest: sha256,
});

const change = z.strictObject({
  kind: z.enum(["fix", "undo"]),
  action: z.string(),
  title: z.string(),
  candidate: z.string(),
  suspect: revision.exactOptional(),
  confidence: z.number(),
  risks: z.array(z.string()),
  branch: z.string().exactOptional(),
  base: revision,
  files: z.array(z.strictObject({ path: z.string(), before: sha256.exactOptional(), after: sha256.exactOptional() })),
  diff: sha256,
  expiresAt: z.number().exactOptional(),
});

const result = z.strictObject({
  issue: z.number().exactOptional(),
  pull: z.number().exactOptional(),
  commit: revision.exactOptional(),
  head: revision.exactOptional(),
  via: z.enum(["remit", "queue", "auto-merge"]).exactOptional(),
  approvals: z
    .array(z.strictObject({ login: z.string(), permission: z.string(), commit: revision, at: time }))
    .exactOptional(),
  outcome: z.string().exactOptional(),
  reasons: z.array(reason).exactOptional(),
  revision: revision.exactOptional(),
  application: z.string().exactOptional(),
  command: z.string().exactOptional(),
  until: time.exactOptional(),
  called: z.array(z.string()).exactOptional(),
  from: z.string().exactOptional(),
  to: z.string().exactOptional(),
});

const schema = z.strictObject({
  format: z.literal(ledgerFormat),
  sequence: z.int().positive(),
  previous: sha256,
  id: z.string().regex(/^[0-9a-f]{32}$/),
  kind: z.enum(recordKinds),
  phase: z.enum(recordPhases),
  time,
  software: z.string(),
  actor: z.strictObject({ kind: z.enum(["remit", "person", "github"]), login: z.string().exactOptional() }),
  incident: z
    .strictObject({
      id: z.string(),
      service: z.string(),
      environment: z.string().exactOptional(),
      namespace: z.string().exactOptional(),
      openedAt: time,
    })
    .exactOptional(),
  decision: decision.exactOptional(),
  change: change.exactOptional(),
  result: result.exactOptional(),
}) satisfies z.ZodType<LedgerRecord>;
