/** The message of a commit of Remit's that is for a time only. */
export interface LeaseMessage {
  readonly action: string;
  readonly target: string;
  readonly expiresAt: number;
  /** The only files that its end takes back; all of them without it. */
  readonly paths?: readonly string[];
}

export const leaseHolder = "checkout-production-000000000000";

export function leaseMessage({ action, target, expiresAt, paths }: LeaseMessage): string {
  return [
    `Relieve ${target}`,
    "",
    `${target} is in trouble. This is to relieve it.`,
    "",
    `Remit-Incident: ${leaseHolder}`,
    `Remit-Action: ${action}`,
    `Remit-Target: ${target}`,
    "Remit-Tier: merge",
    `Remit-Candidate: ${"a".repeat(64)}`,
    `Remit-Expires: ${new Date(expiresAt).toISOString()}`,
    `Remit-Holder: ${leaseHolder}`,
    "Remit-Lease: it holds for a while",
    ...(paths === undefined ? [] : [`Remit-Lease-Paths: ${JSON.stringify(paths)}`]),
  ].join("\n");
}
