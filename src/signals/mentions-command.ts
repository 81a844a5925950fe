/** May a comment hold a command? Cheap: most of them are nobody's. */
export function mentionsCommand(body: string): boolean {
  return body.includes("/remit");
}
