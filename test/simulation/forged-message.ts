import { formatTrailers } from "../../src/ledger/trailers.ts";

/** Nothing that Remit works out has it. */
export const forgedCandidate = "000000000000";

/** Of a person's commit, with trailers as Remit writes them. */
export function forgedMessage(headline: string, service: string, more: Readonly<Record<string, string>> = {}): string {
  const trailers = formatTrailers({
    "Remit-Incident": `${service}-production-000000000000`,
    "Remit-Action": "rollback",
    "Remit-Target": `${service}/production`,
    "Remit-Tier": "merge",
    "Remit-Candidate": forgedCandidate,
    ...more,
  });
  return `${headline}\n\n${trailers}\n`;
}
