/** A full git commit id, as the contract of `SyncSignal.revision` asks for it; undefined for anything else. */
export function commitId(text: string | undefined): string | undefined {
  const id = text?.toLowerCase();
  return id !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id) ? id : undefined;
}
