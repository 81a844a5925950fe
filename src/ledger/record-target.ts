import { targetName } from "../target.ts";
import type { LedgerRecord } from "./ledger-record.ts";

/** As trailers and limits name it; undefined where it is about none. */
export function recordTarget({ incident }: Pick<LedgerRecord, "incident">): string | undefined {
  if (incident === undefined) return undefined;
  const { service, environment, namespace } = incident;
  return targetName({ service, environment, namespace });
}
