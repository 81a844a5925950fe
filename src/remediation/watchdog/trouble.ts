/** Something that Remit needs and that is broken, so that it would fail in silence. */
import { z } from "zod";

export const troubleKinds = [
  "source-silent",
  "worker-stuck",
  "queue-stuck",
  "inbox-stuck",
  "deliveries-parked",
  "mirror-stale",
  "app-suspended",
  "app-not-installed",
  "permission-missing",
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** Plain data, so that it can be kept in the store. */
export const troubleSchema = z.object({
  kind: z.enum(troubleKinds),
  /** The configured source that it is about. */
  source: z.string().optional(),
  /** The repository that it concerns; undefined: all of them. */
  repository: z.string().optional(),
  since: z.number(),
  /** More about it. May be text of others: it is quoted wherever it is shown. */
  detail: z.string().optional(),
});

export type Trouble = z.infer<typeof troubleSchema>;

/** The same for the same trouble, however long it stands and whatever is said of it. */
export function troubleKey({ kind, source, repository, detail }: Trouble): string {
  return JSON.stringify([kind, source, repository, ...(kind === "permission-missing" ? [detail] : [])]);
}
