/** A file of the GitOps repository at one revision, as text. Only regular files (mode 100644 or 100755) become one. */
export interface RepositoryFile {
  /** As in git: `/`-separated, relative to the root. */
  readonly path: string;
  readonly text: string;
}
