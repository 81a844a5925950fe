/** Anybody can forge such a trailer: that can only lower what Remit may do. */
export function isOurs({ message }: { readonly message: string }): boolean {
  return /^Remit-Candidate: /m.test(message);
}
