/**
 * What this process knows of the incidents' issues from reading and writing them itself. Where it knows nothing, because it
 * has just started or a write failed half-way, the forge looks before it writes, so that no issue or comment is doubled.
 */
export class IssueMemory {
  readonly #absent = new Set<string>();
  readonly #said = new Map<string, { readonly incident: string | undefined; readonly markers: Set<string> }>();

  /** The incident has no issue. */
  knowAbsent(incident: string): void {
    this.#absent.add(incident);
  }

  isAbsent(incident: string): boolean {
    return this.#absent.has(incident);
  }

  /** The markers of all of Remit's comments on the incident's issue. */
  knowSaid(incident: string | undefined, issueId: string, markers: Iterable<string>): void {
    this.#said.set(issueId, { incident, markers: new Set(markers) });
  }

  /** undefined: not known. */
  hasSaid(issueId: string, marker: string): boolean | undefined {
    return this.#said.get(issueId)?.markers.has(marker);
  }

  noteSaid(issueId: string, marker: string): void {
    this.#said.get(issueId)?.markers.add(marker);
  }

  /** A write began whose end isn't known yet, or the incident is over. */
  forget(incident: string | undefined, issueId: string | undefined): void {
    if (incident !== undefined) this.#absent.delete(incident);
    if (issueId !== undefined) this.#said.delete(issueId);
  }

  /** Somebody else may have written its issue. */
  forgetIncident(incident: string): void {
    this.#absent.delete(incident);
    for (const [issueId, said] of this.#said) if (said.incident === incident) this.#said.delete(issueId);
  }
}
