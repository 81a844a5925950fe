import type { Instant } from "../../clock.ts";
import type { ShareMeasure } from "../measure.ts";
import { share } from "../share.ts";
import type { Story } from "../stories.ts";
import type { Ledger } from "./ledger.ts";

interface Settled {
  readonly at: Instant;
  /** A fix was merged, and every one without a person. */
  readonly alone: boolean;
}

/** Of fixes, as the branch tells them; with a ledger of the incidents that came to a change, whatever became of it. */
export function autonomy(
  stories: readonly Story[],
  ledger: Ledger | undefined,
  inside: (at: Instant) => boolean,
): ShareMeasure {
  if (ledger === undefined)
    return share(
      stories.filter(({ fix }) => inside(fix.mergedAt)),
      ownTier,
    );
  const byIncident = Map.groupBy(stories, ({ fix }) => fix.incident);
  const decided = ledger.incidents.filter(({ isDecided }) => isDecided).map(({ id }) => id);
  const settled = [...new Set([...byIncident.keys(), ...decided])].map(
    (id) => byRecords(ledger, id) ?? byBranch(byIncident.get(id) ?? []) ?? closed(ledger, id),
  );
  return share(
    settled.filter((each) => each !== undefined).filter(({ at }) => inside(at)),
    ({ alone }) => alone,
  );
}

function ownTier({ fix: { tier } }: Story): boolean {
  return tier === "merge" || tier === "delay";
}

/** When the first fix came. */
function byRecords(ledger: Ledger, id: string): Settled | undefined {
  const merges = ledger.fixesOf(id).flatMap(({ merged }) => merged ?? []);
  if (merges.length === 0) return undefined;
  return { at: Math.min(...merges.map(ledger.mergedAt)), alone: merges.every(({ alone }) => alone) };
}

/** Of before the ledger, or what it doesn't tell. */
function byBranch(stories: readonly Story[]): Settled | undefined {
  if (stories.length === 0) return undefined;
  return { at: Math.min(...stories.map(({ fix }) => fix.mergedAt)), alone: stories.every(ownTier) };
}

function closed(ledger: Ledger, id: string): Settled | undefined {
  const at = ledger.incidentOf(id)?.closed?.at;
  return at === undefined ? undefined : { at, alone: false };
}
