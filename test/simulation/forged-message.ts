/** A commit message that claims to be Remit's. */
export function forgedMessage(service: string): string {
  return `Tidy up

Remit-Incident: ${service}-production-000000000000
Remit-Action: rollback
Remit-Target: ${service}/production
Remit-Tier: merge
Remit-Candidate: 000000000000
`;
}
