/** What is said when a name leads to another repository than it used to: it was renamed or transferred, and the name taken by somebody. */
export function anotherRepository(repository: string): string {
  return `${repository} isn't the repository that Remit knows by this name; write its new name into remit.yaml`;
}
