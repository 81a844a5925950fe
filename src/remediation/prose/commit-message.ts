import { changeStates } from "../../authority/change-states.ts";
import { digest } from "../../digest.ts";
import type { Incident } from "../../incidents/incident.ts";
import { formatTrailers } from "../../ledger/trailers.ts";
import { targetName } from "../../target.ts";
import type { Remediation } from "../response.ts";
import { fieldPath } from "./field-path.ts";
import { plainLine } from "./plain-line.ts";

const headlineLimit = 72;
const lineLimit = 300;

export interface CommitMessageInput {
  readonly incident: Incident;
  readonly remediation: Remediation;
}

export function commitMessage({ incident, remediation }: CommitMessageInput): {
  readonly headline: string;
  /** Body and trailers. */
  readonly message: string;
} {
  const { candidate } = remediation;
  const effects = candidate.effects.map(({ file, path, before, after }) =>
    plainLine(`${fieldPath(path)} in ${file}: ${before} becomes ${after}`, lineLimit),
  );
  const body = [
    why(remediation),
    ...(effects.length === 0 ? [] : ["", ...effects]),
    "",
    ending(candidate.lease),
    "",
    formatTrailers(trailers(incident, remediation)),
  ];
  return { headline: capitalized(plainLine(candidate.title, headlineLimit)), message: body.join("\n") };
}

function ending(lease: Remediation["candidate"]["lease"]): string {
  if (lease === undefined) return "To undo it, revert this commit.";
  const until = new Date(lease.expiresAt).toISOString();
  const what =
    lease.paths === undefined
      ? "then Remit takes it back"
      : `then Remit takes back what it changed in ${plainLine(lease.paths.join(", "), lineLimit)}, and the rest stays`;
  return `It holds until ${until}; ${what}. To undo it sooner, revert this commit.`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function why({ kind, candidate }: Remediation): string {
  const name = plainLine(targetName(candidate.target), 100);
  if (kind === "undo" && candidate.reasons.some(({ code }) => code === "lease-expired"))
    return `Remit's change of ${name} was for a time that is over, so it is taken back.`;
  if (kind === "undo" && !isAsked(candidate))
    return `Remit's change of ${name} was applied and didn't help, so it is taken back.`;
  if (isAsked(candidate))
    return `A person asked for this change of ${name}.${candidate.suspect === undefined ? "" : ` It takes back commit ${candidate.suspect.slice(0, 12)}.`}`;
  if (candidate.suspect === undefined) return `${name} is in trouble. This is to relieve it.`;
  return `${name} has been in trouble since commit ${candidate.suspect.slice(0, 12)}. This takes that change back.`;
}

function isAsked({ reasons }: Remediation["candidate"]): boolean {
  return reasons.some(({ code }) => code === "asked");
}

/** Machines count on these: the target's name is exact, since limits are counted by it. */
function trailers(incident: Incident, { kind, candidate, verdict }: Remediation): Record<string, string> {
  const { policy } = verdict;
  const { from, to } = changeStates(candidate);
  const sources = [...new Set(candidate.evidence.map((evidence) => evidence.kind))].sort();
  return {
    "Remit-Incident": incident.id,
    "Remit-Action": kind === "undo" ? "undo" : candidate.action,
    "Remit-Target": targetName(candidate.target),
    "Remit-Tier": verdict.tier,
    "Remit-Candidate": candidate.digest,
    "Remit-Policy": `${policy.digest}@${policy.revision}`,
    ...(policy.version === undefined ? {} : { "Remit-Policy-Version": String(policy.version) }),
    ...(verdict.runbook === undefined ? {} : { "Remit-Runbook": verdict.runbook.name }),
    "Remit-Change": `${from}..${to}`,
    "Remit-Evidence": [digest(candidate.evidence), ...sources].join(" "),
    "Remit-Detected": new Date(incident.openedAt).toISOString(),
    ...leaseTrailers(incident, candidate.lease),
  };
}

function leaseTrailers({ id }: Incident, lease: Remediation["candidate"]["lease"]): Record<string, string> {
  if (lease === undefined) return {};
  const { expiresAt, why, paths } = lease;
  return {
    "Remit-Expires": new Date(expiresAt).toISOString(),
    "Remit-Holder": id,
    "Remit-Lease": why,
    ...(paths === undefined ? {} : { "Remit-Lease-Paths": JSON.stringify(paths) }),
  };
}
